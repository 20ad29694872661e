/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/import/digest.c: SHA-256 by libcrypto. */
#include <errno.h>
#include <openssl/evp.h>

#include "cli/import/import.h"

#define CHUNK (1 << 18)

int digest_file(int fd, char hex[DIGEST_HEX])
{
	CLEAN_FREE unsigned char *chunk = allocate(CHUNK);
	unsigned char sum[EVP_MAX_MD_SIZE];
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned int length = 0;
	off_t at = 0;
	ssize_t n;
	int error = 0;

	if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1)
		error = ENOMEM;
	while (error == 0 && (n = pread(fd, chunk, CHUNK, at)) != 0) {
		if (n < 0)
			error = errno;
		else if (EVP_DigestUpdate(context, chunk, (size_t)n) != 1)
			error = EIO;
		at += n;
	}
	if (error == 0 && EVP_DigestFinal_ex(context, sum, &length) != 1)
		error = EIO;
	EVP_MD_CTX_free(context);
	for (unsigned int i = 0; error == 0 && i < length; i++)
		snprintf(hex + 2 * (size_t)i, 3, "%02x", sum[i]);
	return error;
}
