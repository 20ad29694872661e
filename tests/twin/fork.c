/* SPDX-License-Identifier: BSD-2-Clause */
/* fork, wait, exec of itself: statuses, inherited and closed descriptors, signals' ends. */
#include "guest.h"

static char *self;

static int spawn(int (*what)(void))
{
	int pid = fork();

	if (pid == 0)
		exit(what());
	return pid;
}

static int finish_with_7(void)
{
	return 7;
}

static int die_of_a_signal(void)
{
	kill(getpid(), SIGTERM);
	return 1;
}

static int execute_self(void)
{
	execve(self, (char *[]){self, "again", NULL}, (char *[]){"ONLY=this", NULL});
	print("FAILED execve\n");
	return 1;
}

static int after_exec(void)
{
	EXPECT_EQ(fcntl(20, F_GETFD, 0), 0);
	EXPECT_ERROR(fcntl(21, F_GETFD, 0), EBADF);
	EXPECT(strcmp(getenv("ONLY"), "this") == 0);
	EXPECT(getenv("TWIN") == NULL);
	return 9;
}

int main(int argc, char **argv)
{
	int status = -1;
	int pid;

	self = argv[0];
	if (argc == 2)
		return after_exec();

	pid = spawn(finish_with_7);
	EXPECT(pid > 0);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT(WIFEXITED(status));
	EXPECT_EQ(WEXITSTATUS(status), 7);

	pid = spawn(die_of_a_signal);
	EXPECT_EQ(waitpid(-1, &status, 0), pid);
	EXPECT(!WIFEXITED(status));
	EXPECT_EQ(WTERMSIG(status), SIGTERM);

	dup2(1, 20);
	dup2(1, 21);
	fcntl(21, F_SETFD, FD_CLOEXEC);
	pid = spawn(execute_self);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(WEXITSTATUS(status), 9);
	EXPECT_ERROR(waitpid(-1, NULL, WNOHANG), ECHILD);
	return 0;
}
