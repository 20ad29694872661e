#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The TypeScript compiler as its authors ship it for FreeBSD and for illumos does what the one they
# ship for Linux does: what it says, its exit, and byte for byte what it writes, of a project of 300
# files on as many threads as there are processors.
use strict;
use warnings;
use lib 'tests/lib';
use Field;
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my $files = 300;
my $linux = fixture('@typescript/typescript-linux-x64', 'lib/tsc');
my %builds = (
	FreeBSD => fixture('@typescript/typescript-freebsd-x64', 'lib/tsc'),
	illumos => fixture('@typescript/typescript-sunos-x64', 'lib/tsc'),
);

# Each file uses the one before it; every fiftieth has a mistake in it.
sub make_project {
	my ($dir) = @_;
	mkdir "$dir/src";
	write_file("$dir/tsconfig.json", '{ "compilerOptions": { "target": "es2020", "module": "esnext", "declaration": true,'
		. ' "sourceMap": true, "strict": true, "incremental": true, "outDir": "out", "rootDir": "src" }, "include": ["src"] }');
	for my $i (0 .. $files - 1) {
		my $before = $i ? sprintf("import { Shape%d as Before, area%d as areaBefore } from './m%d';\n", ($i - 1) x 3) : '';
		my $of = $i ? 'Before' : '{ kind: string }';
		my $mistake = $i % 50 == 49 ? "export const wrong$i: number = areaBefore;\n" : '';
		my $area = $i ? "areaBefore(s) + $i" : '0';
		write_file("$dir/src/m$i.ts", "${before}export interface Shape$i extends $of { side$i: number; name?: string }\n"
			. "export const area$i = <T extends Shape$i>(s: T): number => $area;\n"
			. "export async function* each$i(list: Shape$i\[]) { for (const s of list) yield s.name ?? `\${area$i(s)}`; }\n$mistake");
	}
}
sub written {
	my ($dir) = @_;
	my %files;
	$files{s{.*/}{}r} = slurp($_) for glob("$dir/out/* $dir/*.tsbuildinfo");
	return \%files;
}

sub project_of {
	my (@tsc) = @_;
	my $dir = tempdir(CLEANUP => 1);
	make_project($dir);
	return ($dir, run(cmd => [@tsc, '-p', '.'], dir => $dir, limit => 120));
}
my ($native, $want) = project_of($linux);
ok(outcome($want) =~ /^[12]$/ && $want->{out} =~ /error TS\d+/, 'the Linux compiler finds the mistakes') or describe($want);
my $out = written($native);
is(scalar keys %$out, 3 * $files + 1, 'and writes the project') or diag(join ' ', sort grep { !/^m\d/ } keys %$out);

for my $system (sort keys %builds) {
	my @tsc = (fbird(), 'run', $builds{$system});

	for my $args (['--version'], ['--help'], ['--nonsense'], ['-p', '/nonexistent']) {
		my $want = run(cmd => [$linux, @$args]);
		my $got = run(cmd => [@tsc, @$args]);
		ok(same_text($got->{out}, $want->{out}) && same_text($got->{err}, $want->{err})
			&& outcome($got) eq outcome($want), "$system: tsc @$args") or describe($got);
	}
	my ($dir, $got) = project_of(@tsc);
	ok(outcome($got) eq outcome($want) && same_text($got->{out}, $want->{out}), "$system: a project of $files files")
		or describe($got);
	is_deeply(written($dir), $out, 'is written byte for byte as on Linux');
	$got = run(cmd => [@tsc, '-p', '.'], dir => $dir, limit => 120);
	my $again = run(cmd => [$linux, '-p', '.'], dir => $native, limit => 120);
	ok(same_text($got->{out}, $again->{out}) && outcome($got) eq outcome($again), 'once more, from what it has kept')
		or describe($got);
}
done_testing();
