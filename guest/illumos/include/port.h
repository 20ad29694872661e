/* SPDX-License-Identifier: BSD-2-Clause */
/* Event ports. Source: usr/src/head/port.h, usr/src/uts/common/sys/port.h. */
#ifndef _FB_ILLUMOS_PORT_H
#define _FB_ILLUMOS_PORT_H

#include <sys/types.h>
#include <time.h>

typedef struct port_event {
	int portev_events;
	ushort_t portev_source;
	ushort_t portev_pad;
	uintptr_t portev_object;
	void *portev_user;
} port_event_t;

typedef struct port_notify {
	int portnfy_port;
	void *portnfy_user;
} port_notify_t;

typedef struct file_obj {
	timestruc_t fo_atime, fo_mtime, fo_ctime;
	uintptr_t fo_pad[3];
	char *fo_name;
} file_obj_t;

#define PORT_SOURCE_AIO	  1
#define PORT_SOURCE_TIMER 2
#define PORT_SOURCE_USER  3
#define PORT_SOURCE_FD	  4
#define PORT_SOURCE_ALERT 5
#define PORT_SOURCE_MQ	  6
#define PORT_SOURCE_FILE  7

#define PORT_ALERT_SET	  0x01
#define PORT_ALERT_UPDATE 0x02

__BEGIN_DECLS
int port_create(void);
int port_associate(int, int, uintptr_t, int, void *);
int port_dissociate(int, int, uintptr_t);
int port_send(int, int, void *);
int port_sendn(int *, int *, uint_t, int, void *);
int port_get(int, port_event_t *, struct timespec *);
int port_getn(int, port_event_t *, uint_t, uint_t *, struct timespec *);
int port_alert(int, int, int, void *);
__END_DECLS

#endif
