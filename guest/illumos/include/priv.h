/* SPDX-License-Identifier: BSD-2-Clause */
/* Privileges. Source: usr/src/head/priv.h, usr/src/uts/common/sys/priv.h. */
#ifndef _FB_ILLUMOS_PRIV_H
#define _FB_ILLUMOS_PRIV_H

#include <sys/types.h>

typedef struct priv_set priv_set_t;
typedef const char *priv_ptype_t, *priv_t;
typedef enum priv_op { PRIV_ON, PRIV_OFF, PRIV_SET } priv_op_t;
typedef struct priv_impl_info {
	uint32_t priv_headersize, priv_flags, priv_nsets, priv_setsize, priv_max, priv_infosize,
	    priv_globalinfosize;
} priv_impl_info_t;

#define PRIV_EFFECTIVE	      "Effective"
#define PRIV_INHERITABLE      "Inheritable"
#define PRIV_PERMITTED	      "Permitted"
#define PRIV_LIMIT	      "Limit"
#define PRIV_DEBUG	      0x0001
#define PRIV_AWARE	      0x0002
#define NET_MAC_AWARE	      0x0010
#define NET_MAC_AWARE_INHERIT 0x0020
#define PRIV_AWARE_RESET      0x0040
#define PRIV_XPOLICY	      0x0080
#define PRIV_PFEXEC	      0x0100

#define PRIV_ALLSETS   NULL
#define PRIV_STR_PORT  0x0
#define PRIV_STR_LIT   0x1
#define PRIV_STR_SHORT 0x2

/* Their names. Source: usr/src/uts/common/os/priv_defs. */
#define PRIV_CONTRACT_EVENT	"contract_event"
#define PRIV_CONTRACT_IDENTITY	"contract_identity"
#define PRIV_CONTRACT_OBSERVER	"contract_observer"
#define PRIV_CPC_CPU		"cpc_cpu"
#define PRIV_DTRACE_KERNEL	"dtrace_kernel"
#define PRIV_DTRACE_PROC	"dtrace_proc"
#define PRIV_DTRACE_USER	"dtrace_user"
#define PRIV_FILE_CHOWN		"file_chown"
#define PRIV_FILE_CHOWN_SELF	"file_chown_self"
#define PRIV_FILE_DAC_EXECUTE	"file_dac_execute"
#define PRIV_FILE_DAC_READ	"file_dac_read"
#define PRIV_FILE_DAC_SEARCH	"file_dac_search"
#define PRIV_FILE_DAC_WRITE	"file_dac_write"
#define PRIV_FILE_DOWNGRADE_SL	"file_downgrade_sl"
#define PRIV_FILE_FLAG_SET	"file_flag_set"
#define PRIV_FILE_LINK_ANY	"file_link_any"
#define PRIV_FILE_OWNER		"file_owner"
#define PRIV_FILE_READ		"file_read"
#define PRIV_FILE_SETID		"file_setid"
#define PRIV_FILE_UPGRADE_SL	"file_upgrade_sl"
#define PRIV_FILE_WRITE		"file_write"
#define PRIV_GRAPHICS_ACCESS	"graphics_access"
#define PRIV_GRAPHICS_MAP	"graphics_map"
#define PRIV_HYPRLOFS_CONTROL	"hyprlofs_control"
#define PRIV_IPC_DAC_READ	"ipc_dac_read"
#define PRIV_IPC_DAC_WRITE	"ipc_dac_write"
#define PRIV_IPC_OWNER		"ipc_owner"
#define PRIV_NET_ACCESS		"net_access"
#define PRIV_NET_BINDMLP	"net_bindmlp"
#define PRIV_NET_ICMPACCESS	"net_icmpaccess"
#define PRIV_NET_MAC_AWARE	"net_mac_aware"
#define PRIV_NET_MAC_IMPLICIT	"net_mac_implicit"
#define PRIV_NET_OBSERVABILITY	"net_observability"
#define PRIV_NET_PRIVADDR	"net_privaddr"
#define PRIV_NET_RAWACCESS	"net_rawaccess"
#define PRIV_PROC_AUDIT		"proc_audit"
#define PRIV_PROC_CHROOT	"proc_chroot"
#define PRIV_PROC_CLOCK_HIGHRES "proc_clock_highres"
#define PRIV_PROC_EXEC		"proc_exec"
#define PRIV_PROC_FORK		"proc_fork"
#define PRIV_PROC_INFO		"proc_info"
#define PRIV_PROC_LOCK_MEMORY	"proc_lock_memory"
#define PRIV_PROC_MEMINFO	"proc_meminfo"
#define PRIV_PROC_OWNER		"proc_owner"
#define PRIV_PROC_PRIOUP	"proc_prioup"
#define PRIV_PROC_PRIOCNTL	"proc_priocntl"
#define PRIV_PROC_SECFLAGS	"proc_secflags"
#define PRIV_PROC_SESSION	"proc_session"
#define PRIV_PROC_SETID		"proc_setid"
#define PRIV_PROC_TASKID	"proc_taskid"
#define PRIV_PROC_ZONE		"proc_zone"
#define PRIV_SYS_ACCT		"sys_acct"
#define PRIV_SYS_ADMIN		"sys_admin"
#define PRIV_SYS_AUDIT		"sys_audit"
#define PRIV_SYS_CONFIG		"sys_config"
#define PRIV_SYS_DEVICES	"sys_devices"
#define PRIV_SYS_FS_IMPORT	"sys_fs_import"
#define PRIV_SYS_IPC_CONFIG	"sys_ipc_config"
#define PRIV_SYS_LINKDIR	"sys_linkdir"
#define PRIV_SYS_MOUNT		"sys_mount"
#define PRIV_SYS_IPTUN_CONFIG	"sys_iptun_config"
#define PRIV_SYS_DL_CONFIG	"sys_dl_config"
#define PRIV_SYS_IP_CONFIG	"sys_ip_config"
#define PRIV_SYS_NET_CONFIG	"sys_net_config"
#define PRIV_SYS_NFS		"sys_nfs"
#define PRIV_SYS_PPP_CONFIG	"sys_ppp_config"
#define PRIV_SYS_RES_BIND	"sys_res_bind"
#define PRIV_SYS_RES_CONFIG	"sys_res_config"
#define PRIV_SYS_RESOURCE	"sys_resource"
#define PRIV_SYS_SMB		"sys_smb"
#define PRIV_SYS_SUSER_COMPAT	"sys_suser_compat"
#define PRIV_SYS_TIME		"sys_time"
#define PRIV_SYS_TRANS_LABEL	"sys_trans_label"
#define PRIV_VIRT_MANAGE	"virt_manage"
#define PRIV_WIN_COLORMAP	"win_colormap"
#define PRIV_WIN_CONFIG		"win_config"
#define PRIV_WIN_DAC_READ	"win_dac_read"
#define PRIV_WIN_DAC_WRITE	"win_dac_write"
#define PRIV_WIN_DEVICES	"win_devices"
#define PRIV_WIN_DGA		"win_dga"
#define PRIV_WIN_DOWNGRADE_SL	"win_downgrade_sl"
#define PRIV_WIN_FONTPATH	"win_fontpath"
#define PRIV_WIN_MAC_READ	"win_mac_read"
#define PRIV_WIN_MAC_WRITE	"win_mac_write"
#define PRIV_WIN_SELECTION	"win_selection"
#define PRIV_WIN_UPGRADE_SL	"win_upgrade_sl"
#define PRIV_XVM_CONTROL	"xvm_control"

__BEGIN_DECLS
int setppriv(priv_op_t, priv_ptype_t, const priv_set_t *);
int getppriv(priv_ptype_t, priv_set_t *);
int setpflags(uint_t, uint_t);
uint_t getpflags(uint_t);
const priv_impl_info_t *getprivimplinfo(void);
boolean_t priv_ineffect(const char *);
int priv_getbyname(const char *);
const char *priv_getbynum(int);
int priv_getsetbyname(const char *);
const char *priv_getsetbynum(int);
priv_set_t *priv_allocset(void);
void priv_freeset(priv_set_t *);
void priv_emptyset(priv_set_t *);
void priv_basicset(priv_set_t *);
void priv_fillset(priv_set_t *);
boolean_t priv_isemptyset(const priv_set_t *);
boolean_t priv_isfullset(const priv_set_t *);
boolean_t priv_isequalset(const priv_set_t *, const priv_set_t *);
boolean_t priv_issubset(const priv_set_t *, const priv_set_t *);
void priv_intersect(const priv_set_t *, priv_set_t *);
void priv_union(const priv_set_t *, priv_set_t *);
void priv_inverse(priv_set_t *);
void priv_copyset(const priv_set_t *, priv_set_t *);
int priv_addset(priv_set_t *, const char *);
int priv_delset(priv_set_t *, const char *);
int priv_set(priv_op_t, priv_ptype_t, ...);
priv_set_t *priv_str_to_set(const char *, const char *, const char **);
char *priv_set_to_str(const priv_set_t *, char, int);
char *priv_gettext(const char *);
boolean_t priv_ismember(const priv_set_t *, const char *);
__END_DECLS

#endif
