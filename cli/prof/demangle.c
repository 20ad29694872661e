/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/demangle.c: cli/prof/demangle.h.
 *
 * The Itanium C++ ABI has a function for it, __cxa_demangle, in the C++ runtime library. That is
 * loaded when there is a name to ask about: where a machine has none, names stay as they are.
 * Rust's older scheme is the same with a hash as the last part and its own escapes ($LT$ for <);
 * they are those of rustc_symbol_mangling/src/legacy.rs. Names of Rust's newer scheme (_R...) stay.
 */
#include "cli/prof/demangle.h"

#include <dlfcn.h>
#include <string.h>

#include "cli/cli.h"

#define MANGLED_MOST 1024 /* it recurses */

typedef char *demangler(const char *name, char *buffer, size_t *size, int *status);

static demangler *find_demangler(void)
{
	static demangler *found;
	static bool looked;

	if (!looked) {
		void *library = dlopen("libstdc++.so.6", RTLD_LAZY);

		looked = true;
		if (library == NULL)
			library = dlopen("libc++abi.so.1", RTLD_LAZY);
		if (library != NULL)
			*(void **)&found = dlsym(library, "__cxa_demangle");
	}
	return found;
}

/* Cuts "::h" and sixteen hexadecimal digits off the end. */
static bool cut_hash(char *name)
{
	size_t n = strlen(name);

	if (n < 20 || strncmp(name + n - 19, "::h", 3) != 0 ||
	    strspn(name + n - 16, "0123456789abcdef") != 16)
		return false;
	name[n - 19] = '\0';
	return true;
}

static void unescape_rust(char *name)
{
	static const struct {
		const char *from, *to;
	} escapes[] = {
	    {"$SP$", "@"},  {"$BP$", "*"},   {"$RF$", "&"},  {"$LT$", "<"},  {"$GT$", ">"},
	    {"$LP$", "("},  {"$RP$", ")"},   {"$C$", ","},   {"$u20$", " "}, {"$u7b$", "{"},
	    {"$u7d$", "}"}, {"$u5b$", "["},  {"$u5d$", "]"}, {"$u27$", "'"}, {"$u3b$", ";"},
	    {"$u2b$", "+"}, {"$u22$", "\""}, {"$u7e$", "~"}, {"..", "::"},
	};
	char *to = name;

	/* A part that would begin with an escape has an underscore before it. */
	for (const char *p = name; *p != '\0';) {
		u32 i = 0;

		if (*p == '_' && p[1] == '$' && (p == name || p[-1] == ':'))
			p++;
		while (i < ARRAY_LEN(escapes) &&
		       strncmp(p, escapes[i].from, strlen(escapes[i].from)) != 0)
			i++;
		if (i == ARRAY_LEN(escapes)) {
			*to++ = *p++;
			continue;
		}
		p += strlen(escapes[i].from);
		for (const char *c = escapes[i].to; *c != '\0'; c++)
			*to++ = *c;
	}
	*to = '\0';
}

char *demangle(const char *name)
{
	demangler *f;
	char *nice;
	int status;

	if (strncmp(name, "_Z", 2) != 0 || strlen(name) > MANGLED_MOST)
		return format_string("%s", name);
	f = find_demangler();
	nice = f != NULL ? f(name, NULL, NULL, &status) : NULL;
	if (nice == NULL)
		return format_string("%s", name);
	if (cut_hash(nice))
		unescape_rust(nice);
	return nice;
}
