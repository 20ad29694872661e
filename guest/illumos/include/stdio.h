/* SPDX-License-Identifier: BSD-2-Clause */
/* Streams. Source: usr/src/head/stdio.h, stdio_impl.h, iso/stdio_iso.h: a FILE is 16 longs,
 * nobody's but the library's. */
#ifndef _FB_ILLUMOS_STDIO_H
#define _FB_ILLUMOS_STDIO_H

#include <stdarg.h>
#include <sys/types.h>

#define BUFSIZ	     1024
#define _NFILE	     20
#define _IOFBF	     0000
#define _IOLBF	     0100
#define _IONBF	     0004
#define EOF	     (-1)
#define FOPEN_MAX    _NFILE
#define FILENAME_MAX 1024
#define TMP_MAX	     17576
#define L_tmpnam     25
#define L_ctermid    9
#define L_cuserid    9
#define P_tmpdir     "/var/tmp/"
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

typedef struct __FILE {
	long __pad[16];
} FILE;
typedef long fpos_t;

extern FILE __iob[_NFILE];
#define stdin  (&__iob[0])
#define stdout (&__iob[1])
#define stderr (&__iob[2])

__BEGIN_DECLS
int remove(const char *);
int rename(const char *, const char *);
int renameat(int, const char *, int, const char *);
FILE *tmpfile(void);
char *tmpnam(char *);
char *tempnam(const char *, const char *);
int fclose(FILE *);
int fflush(FILE *);
FILE *fopen(const char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD);
FILE *freopen(const char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, FILE *_RESTRICT_KYWD);
FILE *fdopen(int, const char *);
FILE *popen(const char *, const char *);
int pclose(FILE *);
FILE *fmemopen(void *_RESTRICT_KYWD, size_t, const char *_RESTRICT_KYWD);
FILE *open_memstream(char **, size_t *);
void setbuf(FILE *_RESTRICT_KYWD, char *_RESTRICT_KYWD);
void setbuffer(FILE *, char *, size_t);
int setlinebuf(FILE *);
int setvbuf(FILE *_RESTRICT_KYWD, char *_RESTRICT_KYWD, int, size_t);
int fprintf(FILE *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, ...) __PRINTF(2, 3);
int printf(const char *_RESTRICT_KYWD, ...) __PRINTF(1, 2);
int sprintf(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, ...) __PRINTF(2, 3);
int snprintf(char *_RESTRICT_KYWD, size_t, const char *_RESTRICT_KYWD, ...) __PRINTF(3, 4);
int asprintf(char **_RESTRICT_KYWD, const char *_RESTRICT_KYWD, ...) __PRINTF(2, 3);
int dprintf(int, const char *_RESTRICT_KYWD, ...) __PRINTF(2, 3);
int vfprintf(FILE *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, va_list) __PRINTF(2, 0);
int vprintf(const char *_RESTRICT_KYWD, va_list) __PRINTF(1, 0);
int vsprintf(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, va_list) __PRINTF(2, 0);
int vsnprintf(char *_RESTRICT_KYWD, size_t, const char *_RESTRICT_KYWD, va_list) __PRINTF(3, 0);
int vasprintf(char **_RESTRICT_KYWD, const char *_RESTRICT_KYWD, va_list) __PRINTF(2, 0);
int vdprintf(int, const char *_RESTRICT_KYWD, va_list) __PRINTF(2, 0);
int fscanf(FILE *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, ...) __SCANF(2, 3);
int scanf(const char *_RESTRICT_KYWD, ...) __SCANF(1, 2);
int sscanf(const char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, ...) __SCANF(2, 3);
int vfscanf(FILE *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, va_list) __SCANF(2, 0);
int vscanf(const char *_RESTRICT_KYWD, va_list) __SCANF(1, 0);
int vsscanf(const char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, va_list) __SCANF(2, 0);
int fgetc(FILE *);
int getc(FILE *);
int getchar(void);
int getc_unlocked(FILE *);
int getchar_unlocked(void);
char *fgets(char *_RESTRICT_KYWD, int, FILE *_RESTRICT_KYWD);
int fputc(int, FILE *);
int putc(int, FILE *);
int putchar(int);
int putc_unlocked(int, FILE *);
int putchar_unlocked(int);
int fputs(const char *_RESTRICT_KYWD, FILE *_RESTRICT_KYWD);
int puts(const char *);
int ungetc(int, FILE *);
int getw(FILE *);
int putw(int, FILE *);
ssize_t getline(char **_RESTRICT_KYWD, size_t *_RESTRICT_KYWD, FILE *_RESTRICT_KYWD);
ssize_t getdelim(char **_RESTRICT_KYWD, size_t *_RESTRICT_KYWD, int, FILE *_RESTRICT_KYWD);
size_t fread(void *_RESTRICT_KYWD, size_t, size_t, FILE *_RESTRICT_KYWD);
size_t fwrite(const void *_RESTRICT_KYWD, size_t, size_t, FILE *_RESTRICT_KYWD);
int fgetpos(FILE *_RESTRICT_KYWD, fpos_t *_RESTRICT_KYWD);
int fsetpos(FILE *, const fpos_t *);
int fseek(FILE *, long, int);
int fseeko(FILE *, off_t, int);
long ftell(FILE *);
off_t ftello(FILE *);
void rewind(FILE *);
void clearerr(FILE *);
int feof(FILE *);
int ferror(FILE *);
void perror(const char *);
int fileno(FILE *);
void flockfile(FILE *);
int ftrylockfile(FILE *);
void funlockfile(FILE *);
char *ctermid(char *);
__END_DECLS

#endif
