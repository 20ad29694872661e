# SPDX-License-Identifier: BSD-2-Clause
#
# Modules: a JavaScript program of many modules, made up the same way every time. Each
# imports a few others, so that resolving, parsing, renaming, minifying and source maps all
# have work to do.
package Modules;
use strict;
use warnings;

sub write_file {
	my ($file, $text) = @_;
	open(my $out, '>:raw', $file) or die "cannot write $file: $!";
	print $out $text;
	close $out or die "cannot write $file: $!";
}

sub make_project {
	my ($dir, $modules) = @_;
	for my $i (0 .. $modules - 1) {
		my $sub = sprintf('%s/d%02d', $dir, $i % 50);
		my @imports = grep { $_ < $modules } map { $i * 3 + $_ } 1 .. 3;
		mkdir $sub;
		my $text = join '', map { sprintf("import { value%d } from '../d%02d/m%d.js';\n", $_, $_ % 50, $_) } @imports;
		$text .= "const localName$i = ['a', `b\${$i}`, { key: $i, nested: [1, 2, $i] }];\n";
		$text .= "export function value$i(argument) {\n  let sum = localName$i.length + (argument ?? $i);\n";
		$text .= join '', map { "  sum += value$_(sum % 7);\n" } @imports;
		$text .= "  return sum; // module $i\n}\n";
		write_file("$sub/m$i.js", $text);
	}
	write_file("$dir/main.js", "import { value0 } from './d00/m0.js';\nconsole.log(value0(1));\n");
}

1;
