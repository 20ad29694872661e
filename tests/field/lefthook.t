#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# lefthook as its authors ship it for FreeBSD: version, help, and its work, which is to run
# hooks in a git repository. It executes the host's git and sh: a FreeBSD parent with Linux
# children, many at once, through pipes.
use strict;
use warnings;
use lib 'tests/lib';
use Field;
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my $lefthook = fixture('lefthook-freebsd-x64', 'bin/lefthook');
my $repository = tempdir(CLEANUP => 1);
my %env = (GIT_CONFIG_NOSYSTEM => 1, GIT_AUTHOR_NAME => 'a', GIT_AUTHOR_EMAIL => 'a@example.org',
	GIT_COMMITTER_NAME => 'a', GIT_COMMITTER_EMAIL => 'a@example.org', NO_COLOR => 1);

sub hook {
	return run(cmd => [fbird(), 'run', $lefthook, @_], dir => $repository, env => \%env, limit => 60);
}

my $r = hook('version');
like($r->{out}, qr/^\d+\.\d+\.\d+\s*$/, 'lefthook version') or describe($r);
$r = hook('--help');
like($r->{out}, qr/Usage:|USAGE|Commands:/, 'lefthook --help') or describe($r);

$r = run(cmd => ['git', 'init', '-q', '.'], dir => $repository, env => \%env);
is(outcome($r), '0', 'a repository') or describe($r);
write_file("$repository/lefthook.yml", <<'Y');
pre-commit:
  parallel: true
  commands:
    first:
      run: echo the first says {staged_files}
    second:
      run: sh -c 'echo the second runs; uname -s'
failing:
  commands:
    bad:
      run: exit 3
Y
write_file("$repository/file.txt", "text\n");
$r = run(cmd => ['git', 'add', '.'], dir => $repository, env => \%env);
is(outcome($r), '0', 'git add') or describe($r);

$r = hook('run', 'pre-commit', '--force');
is(outcome($r), '0', 'lefthook run pre-commit') or describe($r);
like($r->{out}, qr/the first says .*file\.txt/, 'it tells a hook the staged files') or describe($r);
like($r->{out}, qr/the second runs\s+Linux/, 'a hook is a program of this machine') or diag($r->{out});
$r = hook('run', 'failing', '--force');
isnt(outcome($r), '0', 'a hook that fails makes it fail') or describe($r);
$r = hook('install');
is(outcome($r), '0', 'lefthook install') or describe($r);
ok(-x "$repository/.git/hooks/pre-commit", 'it wrote the hook');
done_testing();
