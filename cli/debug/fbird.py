# SPDX-License-Identifier: BSD-2-Clause
"""What `fbird debug` adds to gdb where gdb has Python (cli/debug/gdb.c).

A thread that is in a call is in the runtime, on a stack of its own; its registers as the guest
left them are in the frame that %gs leads to (exo/x86_64/frame.h). The unwinder knows that, so
that a stack shows one frame for the runtime and then the guest's. Libraries are read when code
is mapped, by a breakpoint that never stops, so that steps and `finish` go on past it.
"""
import gdb
from gdb.FrameDecorator import FrameDecorator
from gdb.unwinder import Unwinder

FRAME = {'rdi': 0, 'rsi': 8, 'rdx': 16, 'r10': 24, 'r8': 32, 'r9': 40, 'rbx': 72, 'rbp': 80,
         'r12': 88, 'r13': 96, 'r14': 104, 'r15': 112, 'rip': 120, 'rsp': 144}
FRAME_NR, FRAME_KIND, KIND_ASYNC = 160, 168, 4
ROW_SIZE, ROW_NAME = 32, 16  # core/personality.h, struct core_syscall
# trace/plate.h, struct trace_facts
FACTS_PERSONALITY, FACTS_PROGRAM, FACTS_TABLE, FACTS_TABLE_LEN = 0, 16, 24, 32


class Settings:
    signals = {}
    disabled = []
    rerun = False


def word(address):
    memory = gdb.selected_inferior().read_memory(address, 8)
    return int.from_bytes(memory.tobytes(), 'little')


def string(address):
    return gdb.Value(address).cast(Settings.char_type.pointer()).string(errors='replace')


class FrameId:
    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


class RuntimeUnwinder(Unwinder):
    def __init__(self):
        super().__init__('fbird runtime')

    def __call__(self, pending):
        pc = int(pending.read_register('rip'))
        if not Settings.low <= pc < Settings.high:
            return None
        try:
            frame = word(int(pending.read_register('gs_base')) + Settings.thread_frame)
            word_type = Settings.word_type
            if word(frame + FRAME['rip']) == 0:
                return None
            # To gdb a stack is one piece: this frame lies just below the guest's.
            below = gdb.Value(word(frame + FRAME['rsp']) - 8).cast(word_type)
            info = pending.create_unwind_info(
                FrameId(below, gdb.Value(Settings.low).cast(word_type)))
            for name, offset in FRAME.items():
                info.add_saved_register(name, gdb.Value(word(frame + offset)).cast(word_type))
            return info
        except (gdb.error, ValueError, OverflowError):
            return None


class CallDecorator(FrameDecorator):
    """The runtime's frame is called after the call that is being served."""

    def function(self):
        frame = self.inferior_frame()
        if not Settings.low <= frame.pc() < Settings.high:
            return super().function()
        try:
            regs = word(int(frame.read_register('gs_base')) + Settings.thread_frame)
            number, kind = word(regs + FRAME_NR), word(regs + FRAME_KIND)
            table, length = word(Settings.facts + FACTS_TABLE), word(Settings.facts + FACTS_TABLE_LEN)
            if kind & KIND_ASYNC or number >= length:
                return '<runtime>'
            name = word(table + ROW_SIZE * number + ROW_NAME)
            return '<call %s>' % (string(name) if name else number)
        except (gdb.error, ValueError, OverflowError):
            return '<runtime>'


class CallFilter:
    def __init__(self):
        self.name = 'fbird'
        self.priority = 50
        self.enabled = True

    def filter(self, frames):
        return map(CallDecorator, frames)


class CodeMapped(gdb.Breakpoint):
    """The runtime has mapped code: there may be symbols in it."""

    def stop(self):
        try:
            gdb.execute('fbird-libraries', to_string=True)
        except gdb.error as e:
            print('fbird: cannot read the symbols of a library: %s' % e)
        return False


class Begins(gdb.Breakpoint):
    """Another program is about to begin, in place of the first or once more."""

    def stop(self):
        try:
            if Settings.code_kept:  # the image is new, and does not know of us
                gdb.selected_inferior().write_memory(Settings.code_kept, b'\1\0\0\0')
            if not Settings.rerun:
                gdb.execute('symbol-file', to_string=True)  # gdb took the runtime's
                gdb.execute('set $fbird_round = $fbird_round + 1')
            gdb.execute('fbird-symbols', to_string=True)
            print('fbird: the guest begins %s, a program for %s' %
                  (string(word(Settings.facts + FACTS_PROGRAM)),
                   string(word(Settings.facts + FACTS_PERSONALITY))))
            if Settings.rerun:
                Settings.rerun = False
                for b in Settings.disabled:
                    if b.is_valid():
                        b.enabled = True
                Settings.disabled = []
        except gdb.error as e:
            print('fbird: cannot read the symbols of the program: %s' % e)
        return False


class SignalName(gdb.Command):
    """fbird-signal HOST GUEST NUMBER: what the guest calls a signal."""

    def __init__(self):
        super().__init__('fbird-signal', gdb.COMMAND_SUPPORT)

    def invoke(self, argument, from_tty):
        host, guest, number = argument.split()
        Settings.signals[host] = (guest, number)


def stopped(event):
    if isinstance(event, gdb.SignalEvent) and event.stop_signal in Settings.signals:
        guest, number = Settings.signals[event.stop_signal]
        print('fbird: to the guest that is %s, number %s' % (guest, number))


def fbird_before_run():
    """Forgets what was mapped: places in a program that is not there yet cannot be breakpoints."""
    own = (CodeMapped, Begins)
    Settings.rerun = True
    Settings.disabled = [b for b in gdb.breakpoints()
                         if b.is_valid() and b.enabled and b.number > 0 and not isinstance(b, own)]
    for b in Settings.disabled:
        b.enabled = False
    gdb.execute('set $fbird_round = $fbird_round + 1')
    for o in gdb.objfiles():
        try:
            gdb.execute("remove-symbol-file '%s'" % o.filename, to_string=True)
        except gdb.error:
            pass  # not one of ours


def fbird_setup(**settings):
    for name, value in settings.items():
        setattr(Settings, name, value)
    # Now, for later the language may be one that has no such types.
    Settings.word_type = gdb.lookup_type('unsigned long')
    Settings.char_type = gdb.lookup_type('char')
    gdb.unwinder.register_unwinder(None, RuntimeUnwinder(), replace=True)
    gdb.execute('define fbird-symbols\npython fbird_symbols()\nend')
    gdb.frame_filters['fbird'] = CallFilter()
    SignalName()
    gdb.events.stop.connect(stopped)


def fbird_symbols():
    gdb.execute('fbird-libraries')


def fbird_begun():
    CodeMapped('*%#x' % Settings.code_mapped, internal=True)
    Begins('*%#x' % Settings.begins, internal=True)
    gdb.execute('define hook-run\npython fbird_before_run()\nend')
