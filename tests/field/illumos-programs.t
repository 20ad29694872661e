#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Programs that others built for illumos, beside those for Linux of the same version: an older
# esbuild (of an older Go), and ngrok. esbuild.t and typescript.t have more.
use strict;
use warnings;
use lib 'tests/lib';
use Field;
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my $esbuild = fixture('esbuild-sunos-64', 'bin/esbuild');
my ($ngrok, $linux_ngrok) = map { fixture("\@expo/ngrok-bin-$_-x64", 'ngrok') } qw(sunos linux);
my $dir = tempdir(CLEANUP => 1);

my $r = run(cmd => [fbird(), 'run', $esbuild, '--version']);
is($r->{out}, "0.15.18\n", 'esbuild of 2023 tells its version') or describe($r);
$r = run(cmd => [fbird(), 'run', $esbuild, '--minify', '--loader=ts'], in => "const a: number = 40 + 2;\nexport { a }\n");
is($r->{out}, "const e=42;export{e as a};\n", 'and compiles') or describe($r);

# Both in the same place, one after the other: what they write and say is to be the same.
sub both {
	my ($name, @args) = @_;
	my @result;
	for my $cmd ([$linux_ngrok], [fbird(), 'run', $ngrok]) {
		unlink "$dir/ngrok.yml";
		my $r = run(cmd => [@$cmd, @args], dir => $dir, env => { HOME => $dir }, limit => 30);
		push @result, [outcome($r), $r->{out}, $r->{err}, slurp("$dir/ngrok.yml") // 'no file'];
	}
	is_deeply($result[1], $result[0], "ngrok: $name");
	return $result[1];
}
both('version', 'version');
both('help', 'help');
both('help of a command', 'help', 'http');
both('a command that there is none', 'nonsense');
like(both('its settings', 'authtoken', '-config=ngrok.yml', 'abc123')->[3], qr/^authtoken: abc123$/m, 'are written');
both('settings that are none', 'start', '--all', '-config=/nonexistent/ngrok.yml');
done_testing();
