/* SPDX-License-Identifier: BSD-2-Clause */
/* door.h: calls to procedures of other processes. Facts: door.h, sys/door.h of illumos. */
#ifndef _DOOR_H
#define _DOOR_H

#include <pthread.h>
#include <sys/types.h>

#define DOOR_UNREF	     0x01
#define DOOR_PRIVATE	     0x02
#define DOOR_UNREF_MULTI     0x10
#define DOOR_REFUSE_DESC     0x40
#define DOOR_NO_CANCEL	     0x80
#define DOOR_NO_DEPLETION_CB 0x100

#define DOOR_LOCAL	  0x04
#define DOOR_REVOKED	  0x08
#define DOOR_IS_UNREF	  0x20
#define DOOR_PRIVCREATE	  0x200
#define DOOR_DEPLETION_CB 0x400

#define DOOR_DESCRIPTOR 0x10000
#define DOOR_RELEASE	0x40000

#define DOOR_INVAL	-1
#define DOOR_QUERY	-2
#define DOOR_UNREF_DATA ((void *)1)

#define DOOR_PARAM_DESC_MAX 1
#define DOOR_PARAM_DATA_MAX 2
#define DOOR_PARAM_DATA_MIN 3

typedef unsigned long long door_ptr_t;
typedef unsigned long long door_id_t;
typedef unsigned int door_attr_t;

#pragma pack(4)
typedef struct door_desc {
	door_attr_t d_attributes;
	union {
		struct {
			int d_descriptor;
			door_id_t d_id;
		} d_desc;
		int d_resv[5];
	} d_data;
} door_desc_t;

typedef struct door_info {
	pid_t di_target;
	door_ptr_t di_proc;
	door_ptr_t di_data;
	door_attr_t di_attributes;
	door_id_t di_uniquifier;
	int di_resv[4];
} door_info_t;
#pragma pack()

typedef struct door_cred {
	uid_t dc_euid;
	gid_t dc_egid;
	uid_t dc_ruid;
	gid_t dc_rgid;
	pid_t dc_pid;
	int dc_resv[4];
} door_cred_t;

typedef struct door_arg {
	char *data_ptr;
	size_t data_size;
	door_desc_t *desc_ptr;
	uint_t desc_num;
	char *rbuf;
	size_t rsize;
} door_arg_t;

typedef void door_server_procedure_t(void *, char *, size_t, door_desc_t *, uint_t);
typedef void door_server_func_t(door_info_t *);
typedef int door_xcreate_server_func_t(door_info_t *, void *(*)(void *), void *, void *);
typedef void door_xcreate_thrsetup_func_t(void *);
struct ucred_s;

int door_create(door_server_procedure_t *, void *, uint_t);
int door_xcreate(door_server_procedure_t *, void *, uint_t, door_xcreate_server_func_t *,
		 door_xcreate_thrsetup_func_t *, void *, int);
int door_ucred(struct ucred_s **);
int door_revoke(int);
int door_info(int, door_info_t *);
int door_call(int, door_arg_t *);
int door_return(char *, size_t, door_desc_t *, uint_t);
int door_cred(door_cred_t *);
int door_bind(int);
int door_unbind(void);
int door_getparam(int, int, size_t *);
int door_setparam(int, int, size_t);
door_server_func_t *door_server_create(door_server_func_t *);

#endif
