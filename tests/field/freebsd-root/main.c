/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loads the library argv[1] names and says what became of it: dlopen(3), dlsym(3), dladdr(3),
 * dlinfo(3), fdlopen(3), dl_iterate_phdr(3), variables of threads, in the program and in
 * what is loaded, and in a thread that was there or came later.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static __thread int mine = 7;

static int count(struct dl_phdr_info *info, size_t size, void *n)
{
	(void)info, (void)size;
	++*(int *)n;
	return 0;
}

static void *in_thread(void *p)
{
	int (*plug)(void) = (int (*)(void))p;

	mine++;
	return (void *)(long)(plug() * 100 + mine);
}

int main(int argc, char **argv)
{
	void *plugin = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL, *other, *result;
	int (*plug)(void), first, n = 0;
	double (*cosine)(double);
	pthread_t thread;
	Link_map *map;
	Dl_info info;

	if (!plugin) {
		printf("dlopen: %s\n", argc > 1 ? dlerror() : "nothing to open");
		return 1;
	}
	plug = (int (*)(void))dlsym(plugin, "plug");
	first = plug();
	printf("plug %d %d\n", first, plug());
	pthread_create(&thread, NULL, in_thread, (void *)plug);
	pthread_join(thread, &result);
	printf("thread %ld, main %d\n", (long)result, mine);
	printf("dladdr %d %s\n", dladdr((void *)plug, &info) != 0, info.dli_sname);
	dl_iterate_phdr(count, &n);
	printf("objects %d\n", n > 3);
	printf("default %d\n", dlsym(RTLD_DEFAULT, "printf") != NULL);
	printf("no symbol %d", dlsym(plugin, "nothing") == NULL);
	printf(" %d\n", strstr(dlerror(), "Undefined symbol \"nothing\"") != NULL);
	other = dlopen("libnothing.so.9", RTLD_LAZY);
	printf("no library %d %s\n", other == NULL, dlerror());
	other = fdlopen(open(argv[1], O_RDONLY), RTLD_NOW);
	printf("fdlopen %d\n", other != NULL && dlsym(other, "plug") != NULL);
	other = dlopen("libm.so.5", RTLD_LAZY);
	cosine = (double (*)(double))dlsym(other, "cos");
	printf("cos %.1f %d\n", cosine(0), dlclose(other));
	printf("dlinfo %d\n", dlinfo(plugin, RTLD_DI_LINKMAP, &map) == 0 && map->l_name != NULL);
	printf("instead %d\n", getppid() == 4242);
	printf("dlclose %d\n", dlclose(plugin));
	return 0;
}
