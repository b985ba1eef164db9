/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signatures, as git's configuration says, made with the programs of the user's
 * own: a repository names none. It holds no key and asks for no secret itself.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Someone may have to type a passphrase, or touch a key. */
#define SECONDS 300

static char *config_text(fria_store *store, const char *key)
{
	fria_buf value = FRIA_BUF_INIT;
	if (fria_store_config(&value, store, key) && value.n)
		return fria_buf_detach(&value);
	fria_buf_dispose(&value);
	return NULL;
}

char *store_signer(fria_store *store, const char *format)
{
	bool gpg = !strcmp(format, "openpgp");
	char *key = fria_format("gpg.%s.program", format);
	fria_buf value = FRIA_BUF_INIT;
	if ((!fria_store_config_own(&value, store, key) || !value.n) && gpg)
		fria_store_config_own(&value, store, "gpg.program");
	if (!value.n)
		fria_buf_puts(&value, gpg			? "gpg"
				      : !strcmp(format, "x509") ? "gpgsm"
								: "ssh-keygen");
	free(key);
	return fria_buf_detach(&value);
}

static int run_signer(fria_buf *out, const char *const argv[],
		      const char *bytes, size_t n, fria_error *err)
{
	const fria_program program = {
	    .argv = argv, .input = bytes, .input_n = n, .seconds = SECONDS};
	fria_ran ran;
	int code = fria_run_caught(&ran, &program, err);
	if (code)
		return code;
	if (ran.status || !ran.out.n) {
		while (ran.err.n && ran.err.text[ran.err.n - 1] == '\n')
			ran.err.text[--ran.err.n] = '\0';
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_sign_failed,
				 "program", argv[0], "why", ran.err.text, NULL);
	} else {
		fria_buf_put(out, ran.out.text, ran.out.n);
	}
	fria_ran_dispose(&ran);
	return code;
}

/* "~/key" as git reads it. The caller frees. */
static char *expand(const char *path)
{
	const char *home = fria_variable("HOME");
	if (!strncmp(path, "~/", 2) && home)
		return fria_format("%s%s", home, path + 1);
	return fria_strdup(path);
}

/* A key given in place, not by its file: written where ssh-keygen reads it. */
static const char *literal(const char *key)
{
	if (!strncmp(key, "key::", 5))
		return key + 5;
	return strncmp(key, "ssh-", 4) ? NULL : key;
}

static int sign_ssh(fria_buf *out, fria_store *store, const char *key,
		    const char *bytes, size_t n, fria_error *err)
{
	char *program = store_signer(store, "ssh"), *file;
	const char *given = literal(key);
	char random[9];
	int code = 0;
	fria_random_id(random, 8);
	file = given ? fria_format("%s/key-%s.pub", store->own, random)
		     : expand(key);
	if (given)
		code = fria_folder_make(store->own, err);
	if (given && !code)
		code = fria_file_write(file, given, strlen(given), err);
	const char *const argv[] = {program, "-Y", "sign", "-n",
				    "git",   "-f", file,   given ? "-U" : NULL,
				    NULL};
	if (!code)
		code = run_signer(out, argv, bytes, n, err);
	if (given)
		unlink(file);
	free(file);
	free(program);
	return code;
}

static int sign_gpg(fria_buf *out, fria_store *store, const char *format,
		    const char *key, const char *bytes, size_t n,
		    fria_error *err)
{
	char *program = store_signer(store, format);
	const char *const argv[] = {program, "-bsau", key, NULL};
	int code = run_signer(out, argv, bytes, n, err);
	free(program);
	return code;
}

int store_sign(fria_buf *out, fria_store *store, const char *bytes, size_t n,
	       const char *who, fria_error *err)
{
	char *format = config_text(store, "gpg.format");
	char *key = config_text(store, "user.signingkey");
	int code;
	if (format && !strcmp(format, "ssh"))
		code = key ? sign_ssh(out, store, key, bytes, n, err)
			   : fria_fail(err, FRIA_EREFUSED, FRIA_W_sign_no_key,
				       NULL);
	else
		code = sign_gpg(out, store,
				format && !strcmp(format, "x509") ? format
								  : "openpgp",
				key ? key : who, bytes, n, err);
	free(format);
	free(key);
	return code;
}
