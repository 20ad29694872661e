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

our @EXPORT = qw(alone copy_of_tree report_sections);

# The prefix of a command that no other process sees; () where the host gives no such namespace. It
# has a /proc of its own with `--mount-proc`, for those that trace their children.
sub alone {
	my @alone = ($> == 0 ? qw(unshare) : qw(unshare --user --map-root-user), qw(--pid --fork --kill-child), @_);

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

# Writes `TITLE => [PASSED, ROW...]` as sections of docs/conformance/research.md; those of other titles,
# which another test wrote, stay. `...` of a title are a system and what of it was tried.
sub report_sections {
	my ($file, %sections) = @_;
	my @order = qw(v1 v4 v5 v6 pwb v7 sys3 bsd29 bsd211);
	my %rank = map { $order[$_] => sprintf '%02d', $_ } 0 .. $#order;
	my %text;

	for (split /^(?=## )/m, slurp($file) // '') {
		$text{$1} = $_ if /^## (.+): \d+ of \d+\n/;
	}
	for (keys %sections) {
		my ($passed, @rows) = @{ $sections{$_} };
		$text{$_} = "## $_: $passed of " . @rows . "\n\n| Tried | Result |\n|---|---|\n" . join('', @rows);
	}
	open(my $out, '>', $file) or die "cannot write $file: $!";
	print $out "# Research UNIX\n\nWritten by `FBIRD_V7_ROOT=DIR ... FBIRD_CONFORMANCE_RESEARCH=docs/conformance/research.md make field`:\n"
		. "programs of each system's own tree, by its shell (tests/field/research.t, as root and as nobody, and\n"
		. "tests/field/research-peers.t); the lists of what is asked and what is to come are in tests/field/research.\n";
	for (sort { ($rank{ (split /,/, $a)[0] } // 99) . $a cmp($rank{ (split /,/, $b)[0] } // 99) . $b } keys %text) {
		print $out "\n" . $text{$_} =~ s/\n*\z/\n/r;
	}
	close $out;
}

1;
