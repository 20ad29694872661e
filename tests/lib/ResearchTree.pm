# SPDX-License-Identifier: BSD-2-Clause
#
# ResearchTree: a tree of a research system that its programs may spoil. Among them are programs that
# kill all processes and scripts that clean a whole machine up. So they run in a process namespace,
# without root's rights, in a copy of the tree, with a /tmp of their own and this machine's files out
# of sight.
package ResearchTree;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter 'import';
use FbirdTest;
use File::Temp qw(tempdir);

our @EXPORT = qw(alone copy_of_tree);

# The prefix of a command that no other process sees; () where the host gives no such namespace.
sub alone {
	my @alone = $> == 0 ? qw(unshare --pid --fork --kill-child) : qw(unshare --user --map-root-user --pid --fork --kill-child);

	return system("@alone true 2>/dev/null") == 0 ? @alone : ();
}

# A folder with `root`, the copy, `tmp` and the empty `none`, all the user's whom unprivileged() runs
# as: an overlay copies nothing up that belongs to somebody else. Some may be run but not read.
sub copy_of_tree {
	my ($tree) = @_;
	my $dir = tempdir(CLEANUP => 1);

	system('cp', '-a', abs_path($tree), "$dir/root") == 0 or die "cannot copy $tree";
	mkdir "$dir/$_" for qw(tmp none);
	system('chmod', '-R', 'u+rX', "$dir/root");
	system('chown', '-R', '65534:65534', $dir) if $> == 0 && unprivileged();
	chmod 0755, $dir;
	return $dir;
}

1;
