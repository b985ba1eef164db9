/* SPDX-License-Identifier: EUPL-1.2 */
#include "listen.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Of a form, of one with files, and fields and files of it. */
#define BODY_MAX ((size_t)1 << 20)
#define FILES_MAX (FRIA_EVIDENCE_MAX + BODY_MAX)
#define FIELDS_MAX 1000
/* Of what was refused, so much is kept. */
#define LOG_MAX (1 << 20)
/* So many seconds an answer may take; who acts may need more. */
enum { SECONDS_TO_SHOW = 10, SECONDS_TO_ACT = 120 };

/* The library is found when the workplace opens: no other command waits for
 * what it brings along. */
#define CALLS(X)                                                               \
	X(MHD_start_daemon)                                                    \
	X(MHD_run_wait)                                                        \
	X(MHD_stop_daemon)                                                     \
	X(MHD_create_response_from_buffer)                                     \
	X(MHD_add_response_header)                                             \
	X(MHD_queue_response)                                                  \
	X(MHD_destroy_response)                                                \
	X(MHD_get_connection_values)                                           \
	X(MHD_create_post_processor)                                           \
	X(MHD_post_process)                                                    \
	X(MHD_destroy_post_processor)

static struct {
#define CALL(name) __typeof__(name) *(name);
	CALLS(CALL)
#undef CALL
} lib;

/* POSIX keeps functions and data in pointers of one form; C does not. */
static bool find(void *call, void *library, const char *name)
{
	void *address = dlsym(library, name);
	memcpy(call, &address, sizeof address);
	return address != NULL;
}

static int load(fria_error *err)
{
	void *library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
#define CALL(name) &&find(&lib.name, library, #name)
	if (library CALLS(CALL))
		return 0;
#undef CALL
	return fria_fail(err, FRIA_EREFUSED, FRIA_W_web_no_library, NULL);
}

typedef struct {
	const serve_listening *how;
	char host[64], origin[80]; /* "127.0.0.1:4711"; "localhost" */
	char cookie[33];
	serve_shared *shared;
	int socket;
} listener;

/* A request that comes in. */
typedef struct {
	serve_pairs form;
	serve_files files;
	struct MHD_PostProcessor *post;
	size_t n, max; /* bytes so far, and at most */
	bool refused;
} incoming;

/* --- what comes in --- */

/* More of a file; one that was not chosen has no name. */
static enum MHD_Result take_file(incoming *in, const char *field,
				 const char *name, const char *bytes,
				 uint64_t at, size_t n)
{
	if (!*name)
		return MHD_YES;
	if (!at)
		*FRIA_PUSH(&in->files) = (serve_file){
		    fria_strdup(field), fria_strdup(name), FRIA_BUF_INIT};
	if (in->files.n)
		fria_buf_put(&in->files.items[in->files.n - 1].bytes, bytes, n);
	return MHD_YES;
}

static enum MHD_Result take_field(void *data, enum MHD_ValueKind kind,
				  const char *name, const char *file,
				  const char *type, const char *encoding,
				  const char *bytes, uint64_t at, size_t n)
{
	incoming *in = data;
	(void)kind, (void)type, (void)encoding;
	if (in->form.n + in->files.n >= FIELDS_MAX && !at) {
		in->refused = true;
		return MHD_NO;
	}
	if (file)
		return take_file(in, name, file, bytes, at, n);
	if (at && in->form.n) {
		serve_pair *last = &in->form.items[in->form.n - 1];
		char *whole = fria_format("%s%.*s", last->value, (int)n, bytes);
		free(last->value);
		last->value = whole;
		return MHD_YES;
	}
	char *value = fria_strndup(bytes ? bytes : "", n);
	serve_pairs_add(&in->form, name, value);
	free(value);
	return MHD_YES;
}

static enum MHD_Result take_pair(void *data, enum MHD_ValueKind kind,
				 const char *name, const char *value)
{
	(void)kind;
	serve_pairs_add(data, name, value);
	return MHD_YES;
}

/* --- what goes out --- */

static enum MHD_Result send_bytes(struct MHD_Connection *to, unsigned status,
				  const serve_pairs *headers, const char *bytes,
				  size_t n)
{
	struct MHD_Response *response = lib.MHD_create_response_from_buffer(
	    n, (void *)(uintptr_t)bytes, MHD_RESPMEM_MUST_COPY);
	for (size_t i = 0; headers && i < headers->n; i++)
		lib.MHD_add_response_header(response, headers->items[i].name,
					    headers->items[i].value);
	enum MHD_Result sent = lib.MHD_queue_response(to, status, response);
	lib.MHD_destroy_response(response);
	return sent;
}

/* What was refused, never what was sent: {"at", "status", "method", "path"}. */
static void note(const listener *l, int status, const char *method,
		 const char *path)
{
	fria_buf line = FRIA_BUF_INIT, at = FRIA_BUF_INIT;
	int fd =
	    l->how->log
		? open(l->how->log,
		       O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
		       0600)
		: -1;
	if (fd < 0 || lseek(fd, 0, SEEK_END) > LOG_MAX) {
		if (fd >= 0)
			close(fd);
		return;
	}
	fria_time_write(&at, l->how->now());
	json_t *one = fria_json_pack("{s:s, s:i, s:s, s:o}", "at", at.text,
				     "status", status, "method", method, "path",
				     fria_json_shown(path));
	fria_json_write_line(&line, one);
	(void)!write(fd, line.text, line.n);
	close(fd);
	json_decref(one);
	fria_buf_dispose(&line);
	fria_buf_dispose(&at);
}

static enum MHD_Result refuse(const listener *l, struct MHD_Connection *to,
			      unsigned status, const serve_request *r,
			      fria_word word)
{
	note(l, (int)status, r->method, r->path);
	fria_buf text = FRIA_BUF_INIT;
	serve_pairs headers = {NULL, 0};
	serve_pairs_add(&headers, "Content-Type", "text/plain; charset=utf-8");
	serve_pairs_add(&headers, "X-Content-Type-Options", "nosniff");
	const serve_place *place = l->how->place;
	fria_say(&text, place->ws ? place->ws->lang : place->lang, word, NULL);
	fria_buf_putc(&text, '\n');
	enum MHD_Result sent =
	    send_bytes(to, status, &headers, text.text, text.n);
	serve_pairs_dispose(&headers);
	fria_buf_dispose(&text);
	return sent;
}

/* --- files that every page needs --- */

static const struct {
	const char *path, *file, *type;
} files[] = {
    {"/_stijl.css", "cli/serve/serve.css", "text/css; charset=utf-8"},
    {"/_werk.js", "cli/serve/work.js", "text/javascript; charset=utf-8"},
    {"/_fria.svg", "cli/serve/fria.svg", "image/svg+xml"}};

static enum MHD_Result send_text(struct MHD_Connection *to, const char *type,
				 const char *bytes, size_t n)
{
	serve_pairs headers = {NULL, 0};
	serve_pairs_add(&headers, "Content-Type", type);
	serve_pairs_add(&headers, "X-Content-Type-Options", "nosniff");
	serve_pairs_add(&headers, "Cache-Control", "no-cache");
	enum MHD_Result sent = send_bytes(to, 200, &headers, bytes, n);
	serve_pairs_dispose(&headers);
	return sent;
}

static bool send_file(const listener *l, struct MHD_Connection *to,
		      const char *path, enum MHD_Result *sent)
{
	const char *theme = l->how->place->theme;
	if (theme && !strcmp(path, "/_thema.css")) {
		*sent = send_text(to, files[0].type, theme, strlen(theme));
		return true;
	}
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		size_t n = 0;
		if (strcmp(files[i].path, path) != 0)
			continue;
		const char *bytes = fria_embedded(files[i].file, &n);
		*sent = send_text(to, files[i].type, bytes, n);
		return true;
	}
	return false;
}

/* --- who it is --- */

/* Under this name, and from no proxy: another site could send a browser here by
 * a name of its own. */
static bool is_here(const listener *l, const serve_pairs *headers)
{
	static const char *const proxied[] = {"Forwarded", "X-Forwarded-For",
					      "X-Forwarded-Host",
					      "X-Forwarded-Proto"};
	const char *host = serve_pairs_find(headers, "Host");
	const char *port = strchr(l->host, ':');
	char *other = fria_format("localhost%s", port ? port : "");
	bool here = host && (!strcmp(host, l->host) || !strcmp(host, other));
	free(other);
	for (size_t i = 0; i < sizeof proxied / sizeof *proxied; i++)
		here = here && !serve_pairs_find(headers, proxied[i]);
	return here;
}

static bool has_cookie(const listener *l, const serve_pairs *headers)
{
	const char *cookies = serve_pairs_find(headers, "Cookie");
	char *own = fria_format("fria=%s", l->cookie);
	bool has = cookies && strstr(cookies, own);
	free(own);
	return has;
}

/* The token is changed for the cookie, once. */
static bool take_token(listener *l, struct MHD_Connection *to,
		       const serve_pairs *query, enum MHD_Result *sent)
{
	const char *token = serve_pairs_find(query, "token");
	serve_pairs headers = {NULL, 0};
	if (!token || !serve_token_take(l->shared, token))
		return false;
	char *cookie = fria_format("fria=%s; HttpOnly; SameSite=Strict; Path=/",
				   l->cookie);
	char *place = fria_format("/%s/", l->how->place->name);
	serve_pairs_add(&headers, "Set-Cookie", cookie);
	serve_pairs_add(&headers, "Location", place);
	serve_pairs_add(&headers, "Referrer-Policy", "no-referrer");
	*sent = send_bytes(to, 303, &headers, "", 0);
	serve_pairs_dispose(&headers);
	free(place);
	free(cookie);
	return true;
}

static enum MHD_Result go_home(const listener *l, struct MHD_Connection *to)
{
	serve_pairs headers = {NULL, 0};
	char *place = fria_format("/%s/", l->how->place->name);
	serve_pairs_add(&headers, "Location", place);
	enum MHD_Result sent = send_bytes(to, 303, &headers, "", 0);
	serve_pairs_dispose(&headers);
	free(place);
	return sent;
}

/* --- one request --- */

/* Whose pages a path is below. */
static serve_place *place_of(const listener *l, const char *path)
{
	serve_place *other = l->how->other;
	size_t n = other && other->ws ? strlen(other->name) : 0;
	bool below =
	    n && !strncmp(path + 1, other->name, n) && path[n + 1] == '/';
	return below ? other : l->how->place;
}

static enum MHD_Result hand_over(const listener *l, struct MHD_Connection *to,
				 const serve_request *request)
{
	serve_response response;
	bool shows = !strcmp(request->method, "GET");
	if (l->how->renew)
		l->how->renew(l->how->data);
	l->shared->last = l->how->now();
	alarm(shows ? SECONDS_TO_SHOW : SECONDS_TO_ACT);
	serve_handle(&response, place_of(l, request->path), request,
		     l->how->person, l->how->now(), l->how->offset);
	alarm(0);
	if (response.status == 403 || response.status == 405)
		note(l, response.status, request->method, request->path);
	enum MHD_Result sent =
	    send_bytes(to, (unsigned)response.status, &response.headers,
		       response.body.text, response.body.n);
	serve_response_dispose(&response);
	return sent;
}

static enum MHD_Result answer_one(listener *l, struct MHD_Connection *to,
				  const serve_request *r)
{
	enum MHD_Result sent;
	if (!is_here(l, &r->headers))
		return refuse(l, to, 403, r, FRIA_W_web_foreign);
	if (send_file(l, to, r->path, &sent))
		return sent;
	if (take_token(l, to, &r->query, &sent))
		return sent;
	if (!has_cookie(l, &r->headers))
		return refuse(l, to, 403, r, FRIA_W_web_no_token);
	if (!strcmp(r->path, "/"))
		return go_home(l, to);
	return hand_over(l, to, r);
}

static bool is_known(const char *method)
{
	return !strcmp(method, "GET") || !strcmp(method, "HEAD") ||
	       !strcmp(method, "POST") || !strcmp(method, "PUT");
}

/* Files may be larger than what is typed. */
static incoming *begin(struct MHD_Connection *to)
{
	static const char upload[] = "multipart/form-data";
	incoming *in = fria_calloc(1, sizeof *in);
	serve_pairs headers = {NULL, 0};
	lib.MHD_get_connection_values(to, MHD_HEADER_KIND, take_pair, &headers);
	const char *type = serve_pairs_find(&headers, "Content-Type");
	bool large = type && !strncasecmp(type, upload, sizeof upload - 1);
	in->max = large ? FILES_MAX : BODY_MAX;
	serve_pairs_dispose(&headers);
	return in;
}

/* More of a body; false where it is too much. */
static bool take_more(incoming *in, const char *bytes, size_t n)
{
	in->n += n;
	if (in->n > in->max)
		in->refused = true;
	if (!in->refused && in->post)
		lib.MHD_post_process(in->post, bytes, n);
	return !in->refused;
}

static enum MHD_Result answer(void *data, struct MHD_Connection *to,
			      const char *path, const char *method,
			      const char *version, const char *bytes, size_t *n,
			      void **own)
{
	listener *l = data;
	incoming *in = *own;
	(void)version;
	if (!in) {
		in = begin(to);
		*own = in;
		if (!strcmp(method, "POST") || !strcmp(method, "PUT"))
			in->post = lib.MHD_create_post_processor(
			    to, 64 << 10, take_field, in);
		return MHD_YES;
	}
	if (*n) {
		take_more(in, bytes, *n);
		*n = 0;
		return MHD_YES;
	}
	serve_request request = {.method = method,
				 .path = path,
				 .form = in->form,
				 .files = in->files};
	if (in->refused)
		return refuse(l, to, 413, &request, FRIA_W_web_too_large);
	if (!is_known(method))
		return refuse(l, to, 405, &request, FRIA_W_web_foreign);
	lib.MHD_get_connection_values(to, MHD_HEADER_KIND, take_pair,
				      &request.headers);
	lib.MHD_get_connection_values(to, MHD_GET_ARGUMENT_KIND, take_pair,
				      &request.query);
	enum MHD_Result sent = answer_one(l, to, &request);
	serve_pairs_dispose(&request.headers);
	serve_pairs_dispose(&request.query);
	return sent;
}

static void forget(void *data, struct MHD_Connection *to, void **own,
		   enum MHD_RequestTerminationCode why)
{
	incoming *in = *own;
	(void)data, (void)to, (void)why;
	if (!in)
		return;
	if (in->post)
		lib.MHD_destroy_post_processor(in->post);
	serve_pairs_dispose(&in->form);
	serve_files_dispose(&in->files);
	free(in);
	*own = NULL;
}

/* --- listening --- */

static int cannot_listen(const char *where, int fd, fria_error *err)
{
	fria_fail_io(err, FRIA_EIO, FRIA_W_web_no_port, where, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

/* On this computer alone: a port of it, in front of which nobody else comes. */
static int open_port(listener *l, const char *address, fria_error *err)
{
	const char *colon = address ? strrchr(address, ':') : NULL;
	char *end = NULL;
	unsigned long port = colon ? strtoul(colon + 1, &end, 10) : 0;
	if (address &&
	    (!colon || *end || !port || port > 65535 ||
	     strncmp(address, "127.0.0.1", (size_t)(colon - address)) != 0 ||
	     colon - address != 9)) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_web_bad_address, "value",
			  address, NULL);
		return -1;
	}
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int yes = 1;
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, size) ||
	    listen(fd, 64) || getsockname(fd, (struct sockaddr *)&at, &size))
		return cannot_listen(address ? address : "127.0.0.1", fd, err);
	snprintf(l->host, sizeof l->host, "127.0.0.1:%d", ntohs(at.sin_port));
	return fd;
}

/* A file that only who started it may open. */
static int open_file(listener *l, const char *path, fria_error *err)
{
	struct sockaddr_un at;
	struct stat st;
	if (!serve_socket_name(&at, path)) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_web_bad_address, "value",
			  l->how->address, NULL);
		return -1;
	}
	if (!lstat(path, &st) && S_ISSOCK(st.st_mode))
		unlink(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mode_t before = umask(0077);
	bool bad = fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) ||
		   listen(fd, 64);
	umask(before);
	if (bad)
		return cannot_listen(path, fd, err);
	snprintf(l->host, sizeof l->host, "localhost");
	return fd;
}

static const char *socket_path(const serve_listening *how)
{
	bool file = how->address && !strncmp(how->address, "unix:", 5);
	return file ? how->address + 5 : NULL;
}

static int open_socket(listener *l, fria_error *err)
{
	const char *file = socket_path(l->how);
	int fd =
	    file ? open_file(l, file, err) : open_port(l, l->how->address, err);
	snprintf(l->origin, sizeof l->origin, "http://%s", l->host);
	l->how->place->origin = l->origin;
	if (l->how->other)
		l->how->other->origin = l->origin;
	return fd;
}

static void tell(void *data)
{
	const listener *l = data;
	char *address =
	    fria_format("%s/?token=%s", l->origin, l->shared->token);
	if (l->how->ready)
		l->how->ready(l->how->data, address);
	free(address);
}

/* A worker: one thread, until it is stopped. */
static void work(void *data)
{
	listener *l = data;
	struct MHD_Daemon *daemon = lib.MHD_start_daemon(
	    MHD_USE_EPOLL, 0, NULL, NULL, answer, l, MHD_OPTION_LISTEN_SOCKET,
	    l->socket, MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_CONNECTION_LIMIT, 256u, MHD_OPTION_CONNECTION_TIMEOUT,
	    65u, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32 << 10,
	    MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
	while (daemon && !*l->how->stopped)
		lib.MHD_run_wait(daemon, 500);
	if (daemon)
		lib.MHD_stop_daemon(daemon);
}

static void count(void *data)
{
	const listener *l = data;
	l->how->count(l->how->data);
}

static int run(listener *l, fria_error *err)
{
	const serve_listening *how = l->how;
	const serve_team team = {.n = how->workers,
				 .shared = l->shared,
				 .control = how->control,
				 .origin = l->origin,
				 .idles = true,
				 .work = work,
				 .count = how->count ? count : NULL,
				 .ready = tell,
				 .data = l,
				 .now = how->now,
				 .stopped = how->stopped};
	fria_random_id(l->cookie, sizeof l->cookie - 1);
	serve_token_make(l->shared);
	l->socket = open_socket(l, err);
	if (l->socket < 0)
		return err && err->code ? err->code : FRIA_EIO;
	int code = serve_team_run(&team, err);
	close(l->socket);
	if (socket_path(how))
		unlink(socket_path(how));
	return code;
}

int serve_listen(const serve_listening *how, fria_error *err)
{
	listener l = {.how = how, .shared = serve_share()};
	int code = l.shared ? load(err)
			    : fria_fail_io(err, FRIA_EIO, FRIA_W_web_no_port,
					   "mmap", strerror(errno));
	if (!code)
		code = run(&l, err);
	if (l.shared)
		serve_unshare(l.shared);
	return code;
}
