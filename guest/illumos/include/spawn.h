/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/spawn.h. */
#ifndef _FB_ILLUMOS_SPAWN_H
#define _FB_ILLUMOS_SPAWN_H

#include <sys/types.h>
#include <signal.h>
#include <sched.h>

#define POSIX_SPAWN_RESETIDS	  0x0001
#define POSIX_SPAWN_SETPGROUP	  0x0002
#define POSIX_SPAWN_SETSIGDEF	  0x0004
#define POSIX_SPAWN_SETSIGMASK	  0x0008
#define POSIX_SPAWN_SETSCHEDPARAM 0x0010
#define POSIX_SPAWN_SETSCHEDULER  0x0020
#define POSIX_SPAWN_SETSIGIGN_NP  0x0800
#define POSIX_SPAWN_NOSIGCHLD_NP  0x1000
#define POSIX_SPAWN_WAITPID_NP	  0x2000
#define POSIX_SPAWN_NOEXECERR_NP  0x4000

typedef struct {
	void *__spawn_attrp;
} posix_spawnattr_t;
typedef struct {
	void *__file_attrp;
} posix_spawn_file_actions_t;

__BEGIN_DECLS
int posix_spawn(pid_t *_RESTRICT_KYWD, const char *_RESTRICT_KYWD,
		const posix_spawn_file_actions_t *, const posix_spawnattr_t *_RESTRICT_KYWD,
		char *const[], char *const[]);
int posix_spawnp(pid_t *_RESTRICT_KYWD, const char *_RESTRICT_KYWD,
		 const posix_spawn_file_actions_t *, const posix_spawnattr_t *_RESTRICT_KYWD,
		 char *const[], char *const[]);
int posix_spawn_file_actions_init(posix_spawn_file_actions_t *);
int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *);
int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *_RESTRICT_KYWD, int,
				     const char *_RESTRICT_KYWD, int, mode_t);
int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *, int, int);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_addchdir(posix_spawn_file_actions_t *_RESTRICT_KYWD,
				      const char *_RESTRICT_KYWD);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *_RESTRICT_KYWD,
					 const char *_RESTRICT_KYWD);
int posix_spawn_file_actions_addfchdir(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *, int);
int posix_spawnattr_init(posix_spawnattr_t *);
int posix_spawnattr_destroy(posix_spawnattr_t *);
int posix_spawnattr_setflags(posix_spawnattr_t *, short);
int posix_spawnattr_getflags(const posix_spawnattr_t *_RESTRICT_KYWD, short *_RESTRICT_KYWD);
int posix_spawnattr_setpgroup(posix_spawnattr_t *, pid_t);
int posix_spawnattr_getpgroup(const posix_spawnattr_t *_RESTRICT_KYWD, pid_t *_RESTRICT_KYWD);
int posix_spawnattr_setschedparam(posix_spawnattr_t *_RESTRICT_KYWD,
				  const struct sched_param *_RESTRICT_KYWD);
int posix_spawnattr_getschedparam(const posix_spawnattr_t *_RESTRICT_KYWD,
				  struct sched_param *_RESTRICT_KYWD);
int posix_spawnattr_setschedpolicy(posix_spawnattr_t *, int);
int posix_spawnattr_getschedpolicy(const posix_spawnattr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int posix_spawnattr_setsigdefault(posix_spawnattr_t *_RESTRICT_KYWD,
				  const sigset_t *_RESTRICT_KYWD);
int posix_spawnattr_getsigdefault(const posix_spawnattr_t *_RESTRICT_KYWD,
				  sigset_t *_RESTRICT_KYWD);
int posix_spawnattr_setsigignore_np(posix_spawnattr_t *_RESTRICT_KYWD,
				    const sigset_t *_RESTRICT_KYWD);
int posix_spawnattr_getsigignore_np(const posix_spawnattr_t *_RESTRICT_KYWD,
				    sigset_t *_RESTRICT_KYWD);
int posix_spawnattr_setsigmask(posix_spawnattr_t *_RESTRICT_KYWD, const sigset_t *_RESTRICT_KYWD);
int posix_spawnattr_getsigmask(const posix_spawnattr_t *_RESTRICT_KYWD, sigset_t *_RESTRICT_KYWD);
__END_DECLS

#endif
