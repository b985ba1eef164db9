#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Writes files as one C table, found by their names: embed.sh FILE... > out.c
set -eu

cat <<'END'
/* Made by tools/embed.sh; not edited. */
#include <stddef.h>

struct fria_embedded_file {
	const char *name;
	const unsigned char *bytes;
	size_t n;
};
extern const struct fria_embedded_file fria_embedded_files[];

END

i=0
for file; do
	echo "static const unsigned char file_$i[] = {"
	od -An -v -tx1 "$file" | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo "0};"
	i=$((i + 1))
done

echo "const struct fria_embedded_file fria_embedded_files[] = {"
i=0
for file; do
	echo "	{\"$file\", file_$i, sizeof file_$i - 1},"
	i=$((i + 1))
done
echo "	{NULL, NULL, 0},"
echo "};"
