#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
# The layers hold, and the script that says so notices each kind of breach.
use strict;
use warnings;
use File::Basename;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Test::More;

my $check = 'tests/tools/check-deps';
my $out = `$check . 2>&1`;
is($?, 0, 'the tree keeps to its layers') or diag($out);

# file => text; the second of each pair is what must be said, '' for a clean tree
my %present = (
	'lib/base.h' => '', 'core/guest.h' => '', 'exo/exo.h' => '', 'exo/linux/host.h' => '',
	'exo/skeleton/host.h' => '', 'personality/sysargs.h' => '', 'personality/freebsd/abi.h' => '',
	'gateway/dispatch.h' => '', 'rt/config.h' => '', 'exo/x86_64/frame.h' => '',
);
my @cases = (
	['core/a.c', '#include "lib/base.h"', ''],
	['exo/linux/a.c', "#include \"exo/linux/host.h\"\n#include <linux/futex.h>\nint x = __NR_read;", ''],
	['gateway/a.c', '#include "exo/x86_64/frame.h"', ''],
	['personality/freebsd/a.c', "#include \"abi.h\"\n#include \"personality/sysargs.h\"", ''],
	['cli/a.c', "#include <stdio.h>\n#include \"personality/freebsd/abi.h\"", ''],
	['lib/a.c', '#include "core/guest.h"', 'above it'],
	['core/a.c', '#include "gateway/dispatch.h"', 'above it'],
	['core/a.c', '  #  include   "rt/config.h"', 'above it'],
	['personality/linux/a.c', '#include "personality/freebsd/abi.h"', 'never includes another'],
	['core/a.c', '#include "exo/linux/host.h"', 'insides'],
	['exo/linux/a.c', '#include "exo/skeleton/host.h"', 'insides'],
	['cli/a.c', '#include "exo/linux/host.h"', 'insides'],
	['cli/a.c', '#include "rt/config.h"', 'insides'],
	['core/a.c', '#include <linux/futex.h>', 'only exo/linux'],
	['cli/a.c', '#include <asm/prctl.h>', 'only exo/linux'],
	['core/a.c', 'int x = __NR_read;', 'only exo/linux'],
	['core/a.c', '#include <stdio.h>', 'freestanding'],
	['core/a.c', '#include "core/gone.h"', 'not in the tree'],
	['guest/a.c', '#include "lib/base.h"', "guest's side"],
);
for my $case (@cases) {
	my ($file, $text, $want) = @$case;
	my $dir = tempdir(CLEANUP => 1);
	for my $f (keys %present, $file) {
		make_path("$dir/" . dirname($f));
		open(my $o, '>', "$dir/$f") or die;
		print $o ($f eq $file ? $text : $present{$f}), "\n";
		close $o;
	}
	my $said = `$check $dir 2>&1`;
	(my $label = "$file: $text") =~ s/\n.*//s;
	if ($want eq '') {
		is($?, 0, "$label is allowed") or diag($said);
	} else {
		ok($? != 0 && $said =~ /\Q$want/, "$label is refused") or diag($said);
	}
}
done_testing();
