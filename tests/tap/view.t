#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird run --root: what a program sees of a root and of the host, as root and as a user, in a
# namespace and looked up in the process. The programs are tests/golden's.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Test::More;

my $top = tempdir(CLEANUP => 1);
chmod 0755, $top;
my $paths = slurp("$build/golden/paths") or BAIL_OUT('make guests first');
my $linux = "$build/twin/args.linux";
my @as = unprivileged();
# A copy that everybody can read: a checkout may lie where only root can enter.
system("mkdir -p $top/fbird && cp -R \$(dirname " . fbird() . ") $build/lib $top/fbird") == 0 or BAIL_OUT('cannot copy fbird');
my $tool = "$top/fbird/bin/fbird";
my $round = 0;
my ($store, $home, $tree); # of the round at hand

sub file {
	my ($path, $text, $mode) = @_;
	(my $folder = $path) =~ s{/[^/]*$}{};
	make_path($folder);
	open(my $o, '>:raw', $path) or die "cannot write $path: $!";
	print $o $text;
	close $o;
	chmod $mode // 0644, $path;
}

# A root with what a system has, and links of every kind. Some places of mounts it lacks.
sub make_tree {
	my ($t) = @_;
	file("$t/bin/paths", $paths, 0755);
	file("$t/etc/motd", "of the root\n");
	file("$t/etc/resolv.conf", "nameserver 192.0.2.1\n");
	file("$t/etc/passwd", "root:*:0:0:Charlie:/root:/bin/sh\ndaemon:*:1:1:Owner:/root:/bin/none\n");
	file("$t/etc/group", "wheel:*:0:root\n");
	file("$t/etc/pwd.db", "old\n");
	file("$t/usr/lib/libx", "library\n");
	file("$t/var/db/state", "state\n");
	file("$t/usr/local/share/only", "in the root\n");
	file("$t/outside", "kept inside\n");
	symlink('/usr/lib/libx', "$t/etc/absolute");
	symlink('../../../../../../../outside', "$t/etc/upward");
	symlink('usr/lib', "$t/lib");
	symlink('/etc', "$t/config");
	symlink('/nowhere', "$t/dangling");
	make_path("$t/tmp", "$t/dev", "$t/root");
}

# in_root([OPTIONS], [ARGS], OUT, NAME): runs /bin/paths ARGS in the root and compares
my $kind;
my @prefix;
sub in_root {
	my ($options, $args, $want, $name, %more) = @_;
	my $r = run(cmd => [@prefix, $tool, 'run', '--view', $kind, '--root', $more{root} // $tree, @$options,
		$more{program} // '/bin/paths', @$args], dir => $more{dir} // $home, env => { FBIRD_ROOTS => $store, HOME => $home, %{ $more{env} // {} } });
	my $good = ref $want ? $r->{out} =~ $want : $r->{out} eq $want;
	$good &&= ($more{err} ? $r->{err} =~ $more{err} : $r->{err} eq '') && outcome($r) eq ($more{status} // '0');
	ok($good, $name) or do { diag("wanted:\n$want\ngot:\n$r->{out}"); describe($r) };
	return $r;
}

# What holds in every view.
sub common {
	my ($who) = @_;
	in_root([], ['cat', '/etc/motd'], "cat /etc/motd: of the root\n", "$who: a file of the root");
	in_root([], ['cat', '/etc/absolute'], "cat /etc/absolute: library\n", "$who: an absolute link stays in the root");
	in_root([], ['cat', '/etc/upward'], "cat /etc/upward: kept inside\n", "$who: .. ends at the root");
	in_root([], ['cat', '/config/motd', 'cat', '/lib/libx', 'cat', '/lib/../lib/libx'],
		"cat /config/motd: of the root\ncat /lib/libx: library\ncat /lib/../lib/libx: library\n", "$who: links on the way");
	in_root([], ['cat', '/../../etc/motd', 'cat', '/dangling', 'type', '/dangling', 'readlink', '/etc/absolute'],
		"cat /../../etc/motd: of the root\ncat /dangling: ENOENT\ntype /dangling: link\nreadlink /etc/absolute: /usr/lib/libx\n",
		"$who: a link itself");
	in_root([], ['cwd', 'write', 'mine', 'cat', "$home/mine"],
		"cwd is: $home\nwrite mine: ok\ncat $home/mine: written\n", "$who: the working directory is the host's");
	is(slurp("$home/mine"), "written\n", 'and so is what is written there');
	unlink "$home/mine";
	in_root([], ['chdir', '/usr/lib', 'cwd', 'cat', 'libx', 'chdir', '..', 'cwd', 'chdir', '/lib', 'cwd', 'chdir', '/', 'chdir', '..', 'cwd'],
		"chdir /usr/lib: ok\ncwd is: /usr/lib\ncat libx: library\nchdir ..: ok\ncwd is: /usr\nchdir /lib: ok\ncwd is: /usr/lib\n"
		. "chdir /: ok\nchdir ..: ok\ncwd is: /\n", "$who: changing directories");
	in_root([], ['exec', '/bin/paths', 'cwd'], "cwd is: $home\nexec /bin/paths: status 0\n", "$who: a child of the root");
	in_root([], ['chdir', '/usr', 'exec', '../bin/paths', 'cwd'], "chdir /usr: ok\ncwd is: /usr\nexec ../bin/paths: status 0\n",
		"$who: by a relative name");
	in_root([], ['exec', "$home/linux", 'a', 'b'], qr/^exec \Q$home\E\/linux: status \d+$/m, "$who: a Linux child");
	in_root([], ['exec', "$home/script", 'x'], "script x\nexec $home/script: status 7\n", "$who: a script of the host's, by the host's shell");
	in_root([], ['write', '/dev/null', 'type', '/dev/zero', 'type', '/dev/tty'],
		"write /dev/null: ok\ntype /dev/zero: other\ntype /dev/tty: other\n", "$who: devices");
	in_root([], ['exec', '/nowhere', '1', '2', 'exec', '/usr/lib'], qr{\Aexec /nowhere: ENOENT\n.*exec /usr/lib: EACCES\n}s, "$who: what cannot be executed");
	in_root(['--chdir', '/usr/lib'], ['cwd'], "cwd is: /usr/lib\n", "$who: --chdir into the root", dir => '/');
	in_root([], ['cwd'], "cwd is: $home\n", "$who: a program of the host", program => "$home/prog");
	in_root([], ['cwd'], "cwd is: $home\n", "$who: by a relative name", program => './prog');
	in_root([], ['cwd'], "cwd is: $home\n", "$who: a program found in PATH", program => 'paths');
	in_root([], [], '', "$who: a program that is nowhere", program => '/bin/none', status => 127, err => qr/\Afbird: .*\n\z/);
}

# The pairs of a hash table of Berkeley DB 1.85 with one bucket; its pages' order is the header's.
sub pairs {
	my ($data) = @_;
	my ($magic, $version, $order, $size) = unpack 'N4', $data;
	return {} if $magic != 0x061561 || $version != 2 || length $data != 2 * $size;
	my ($page, $short) = (substr($data, $size), $order == 1234 ? 'v' : 'n');
	my ($n, @offset) = unpack "$short*", $page;
	my ($end, %found) = ($size);
	while ($n > 0) {
		my ($key, $value) = splice @offset, 0, 2;
		$found{ substr($page, $key, $end - $key) } = substr($page, $value, $key - $value);
		$end = $value;
		$n -= 2;
	}
	return \%found;
}

sub users {
	my ($who) = @_;
	my $old = "root:*:0:0:Charlie:/root:/bin/sh\ndaemon:*:1:1:Owner:/root:/bin/none";
	if (!@prefix) {
		in_root([], ['cat', '/etc/passwd', 'cat', '/etc/pwd.db'], "cat /etc/passwd: $old\ncat /etc/pwd.db: old\n", "$who: a user the root knows");
		return;
	}
	in_root([], ['cat', '/etc/passwd', 'cat', '/etc/group', 'write', '/etc/passwd'],
		qr{\Acat /etc/passwd: \Q$old\E\n\w+:\*:65534:65534:[^:]*:\Q$home\E:/bin/sh\ncat /etc/group: wheel:\*:0:root\n\w+:\*:65534:\nwrite /etc/passwd: EROFS\n\z},
		"$who: a user the root does not know");
	in_root([], ['copy', '/etc/pwd.db', 'copied'], "copy /etc/pwd.db: ok\n", "$who: has a database");
	my $db = pairs(slurp("$home/copied"));
	unlink "$home/copied";
	is($db->{"\xffVERSION"}, "\4", 'of the current version');
	is(scalar(keys %$db), 10, 'with three keys for each of three users');
	is($db->{'Aroot'}, "root\0*\0" . pack('N3', 0, 0, 0) . "\0Charlie\0/root\0/bin/sh\0" . pack('N2', 0, 0x3df), 'laid out as the libc reads it');
	is($db->{ 'C' . pack('N', 65534) }, $db->{ 'B' . pack('N', 3) }, 'the user is the last one');
	like($db->{ 'C' . pack('N', 65534) } // '', qr{\A\w+\0\*\0.*\0\Q$home\E\0/bin/sh\0}s, 'and is himself');
}

sub in_namespace {
	my ($who) = @_;
	in_root([], ['type', '/dev/null', 'type', '/dev/mem', 'write', '/dev/new'], "type /dev/null: other\ntype /dev/mem: ENOENT\nwrite /dev/new: EROFS\n",
		"$who: no other devices");
	in_root([], ['keep-mode', '/dev/null', 'write', '/dev/null'], "keep-mode /dev/null: EROFS\nwrite /dev/null: ok\n", "$who: their modes are the host's");
	in_root([], ['cat', '/etc/hostname', 'type', '/home', 'type', '/compat/linux/etc'],
		qr{\Acat /etc/hostname: ENOENT\ntype /home: (?:ENOENT|directory)\ntype /compat/linux/etc: directory\n\z}, "$who: the host's files are below /compat/linux only");
	users($who);
	my $host = slurp('/etc/resolv.conf');
	in_root([], ['cat', '/etc/resolv.conf'], qr/\Acat \/etc\/resolv.conf: (?!nameserver 192.0.2.1)/, "$who: the resolver is the host's") if defined $host;
	in_root(['--bind', "$top/lent:/opt/deep/lent"], ['cat', '/opt/deep/lent/x', 'write', '/opt/deep/lent/y', 'unlink', '/opt/deep/lent/y'],
		"cat /opt/deep/lent/x: lent\nwrite /opt/deep/lent/y: ok\nunlink /opt/deep/lent/y: ok\n", "$who: --bind");
	in_root(['--bind', "$top/lent:/usr/lib:ro"], ['cat', '/usr/lib/x', 'cat', '/lib/x', 'write', '/usr/lib/x', 'cat', '/usr/local/share/only'],
		"cat /usr/lib/x: lent\ncat /lib/x: lent\nwrite /usr/lib/x: EROFS\ncat /usr/local/share/only: in the root\n", "$who: --bind over something, read-only");
	in_root(['--bind', "$top/lent/x:/etc/motd"], ['cat', '/etc/motd'], "cat /etc/motd: lent\n", "$who: --bind of a file");
	in_root(['--bind', $_], [], '', "$who: --bind $_", status => 125, err => qr/\Afbird: .*\n\z/) for 'x', '/tmp', ':/x', '/nowhere:/x', '/tmp:relative';
	in_root(['--read-only'], ['write', '/var/db/state', 'mkdir', '/usr/new', 'unlink', '/etc/motd', 'write', 'mine', 'unlink', 'mine'],
		"write /var/db/state: EROFS\nmkdir /usr/new: EROFS\nunlink /etc/motd: EROFS\nwrite mine: ok\nunlink mine: ok\n", "$who: --read-only");
	in_root(['--overlay'], ['write', '/var/db/new', 'cat', '/var/db/new', 'unlink', '/etc/motd', 'cat', '/etc/motd', 'mkdir', '/new'],
		"write /var/db/new: ok\ncat /var/db/new: written\nunlink /etc/motd: ok\ncat /etc/motd: ENOENT\nmkdir /new: ok\n", "$who: --overlay");
	in_root(['--overlay'], ['unlink', '/usr/local/share/only', 'rmdir', '/usr/local/share', 'mkdir', '/usr/local/share', 'type', '/usr/local/share/only', 'rename', '/var/db', '/var/moved', 'cat', '/var/moved/state'],
		qr{\Aunlink \S+: ok\nrmdir \S+: ok\nmkdir \S+: ok\ntype \S+: ENOENT\nrename /var/db: (?:EXDEV|ok\ncat \S+: state)\n}, "$who: directories of an overlay");
	in_root([], ['cat', '/var/db/new', 'type', '/etc/motd', 'type', '/new'], "cat /var/db/new: ENOENT\ntype /etc/motd: file\ntype /new: ENOENT\n",
		"$who: is forgotten");
	in_root(["--overlay=$home/layer-$round"], ['write', '/var/db/new', 'unlink', '/etc/motd'], "write /var/db/new: ok\nunlink /etc/motd: ok\n", "$who: --overlay=DIR");
	in_root(["--overlay=$home/layer-$round"], ['cat', '/var/db/new', 'cat', '/etc/motd'], "cat /var/db/new: written\ncat /etc/motd: ENOENT\n", "$who: is kept there");
	in_root([], ['cat', '/var/db/new', 'cat', '/etc/motd'], "cat /var/db/new: ENOENT\ncat /etc/motd: of the root\n", "$who: and nowhere else");
}

sub tempdir_open {
	my $d = tempdir(DIR => $home);
	chmod 0777, $d;
	return $d;
}

sub round {
	$round++;
	my ($who) = @_;
	in_root([], [], slurp('tests/golden/paths.out'), "$who: a round of operations", dir => scalar tempdir_open());
	common($who);
	in_namespace($who) if $kind eq 'namespace';
	in_root([], ['chroot', '/usr'], @prefix ? "chroot /usr: EPERM\n" : "chroot /usr: ok\n", "$who: changing the root is for root");
}

file("$top/lent/x", "lent\n", 0666);
chmod 0777, "$top/lent";
for my $user ([], @as ? \@as : ()) {
	@prefix = @$user;
	my $who = @prefix ? 'nobody' : 'root';
	my $dir = tempdir(DIR => $top);
	chmod 0755, $dir;
	($store, $home) = ("$dir/store", "$dir/home");
	make_path($home, $store);
	file("$home/prog", $paths, 0755);
	file("$home/linux", slurp($linux), 0755);
	file("$home/script", "#!/compat/linux/bin/sh\necho script \$1\nexit 7\n", 0755);
	make_tree("$dir/tree");
	system('chown', '-R', '65534:65534', $dir) if @prefix;
	my $r = run(cmd => [@prefix, $tool, 'root', 'add', '--personality', 'freebsd', 'named', "$dir/tree"], dir => $home, env => { FBIRD_ROOTS => $store, HOME => $home });
	is(outcome($r), 0, "$who: the root is imported") or describe($r);
	for my $k ('namespace', 'in-process') {
		$kind = $k;
		my $probe = run(cmd => [@prefix, $tool, 'run', '--view', $kind, '--root', "$dir/tree", '/bin/paths', 'cwd'], dir => $home, env => { HOME => $home });
		if ($probe->{err} =~ /this host refuses one/) {
			diag("$who: $probe->{err}");
			next;
		}
		my $before = `cd $dir/tree && find . | sort`;
		$tree = "$dir/tree";
		round("$who, $kind, a directory");
		is(`cd $dir/tree && find . | sort`, $before, "$who, $kind: nothing was made in somebody's directory");
		$tree = 'named';
		round("$who, $kind, a named root");
		in_root([], ['mkdir', '/kept', 'write', '/kept/x'], "mkdir /kept: ok\nwrite /kept/x: ok\n", "$who, $kind: a named root can be changed");
		in_root([], ['cat', '/kept/x', 'unlink', '/kept/x', 'rmdir', '/kept'], "cat /kept/x: written\nunlink /kept/x: ok\nrmdir /kept: ok\n", 'and stays so');
	}
}
done_testing();
