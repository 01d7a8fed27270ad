"""Not returning: hanging, exiting, crashing, using up time and memory."""

from tests.grading.isolation.hostile import ANSWERED, several

QUICK = (("seconds", 0.4),)
HANGING = {
    "loops": """
def attack(*facts):
    while True: pass
""",
    "sleeps": """
def attack(*facts):
    time.sleep(1000)
""",
    "ignores_signals": """
def attack(*facts):
    for number in range(1, 65):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    while True: pass
""",
    "catches_everything_in_a_loop": """
def attack(*facts):
    while True:
        try:
            while True: pass
        except BaseException: pass
""",
    "stops_itself": """
def attack(*facts):
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(100)
""",
    "computes_a_huge_power": """
def attack(*facts):
    return 7 ** (10 ** 9)
""",
    "matches_for_ever": """
def attack(*facts):
    import re
    return re.match("(a*)*$", "a" * 40 + "b")
""",
    "waits_for_a_lock": """
def attack(*facts):
    import threading
    lock = threading.Lock(); lock.acquire(); lock.acquire()
""",
    "prints_for_ever": """
def attack(*facts):
    while True: print("x" * 1000)
""",
    "writes_to_the_error_stream_for_ever": """
def attack(*facts):
    while True: os.write(2, b"\\x1b[2J" * 1000)
""",
    "trickles_an_answer": """
def attack(*facts):
    for byte in struct.pack("<IQ", 4000, 0) + b" " * 4000:
        for fd in sockets(): os.write(fd, bytes([byte]))
        time.sleep(0.05)
""",
    "reads_the_next_question": """
def attack(*facts):
    for fd in sockets(): os.read(fd, 1000)
    return "won"
""",
}
EXITING = {
    "exits": """
def attack(*facts):
    os._exit(0)
""",
    "exits_with_a_telling_code": """
def attack(*facts):
    os._exit(139)
""",
    "kills_itself": """
def attack(*facts):
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(1)
""",
    "aborts": """
def attack(*facts):
    os.abort()
""",
    "reads_address_zero": """
def attack(*facts):
    return ctypes.string_at(0)
""",
    "jumps_to_address_zero": """
def attack(*facts):
    return ctypes.CFUNCTYPE(None)(1)()
""",
    "overflows_the_stack": """
def attack(*facts):
    sys.setrecursionlimit(10 ** 9)
    nested = []
    for _ in range(200_000): nested = [nested]
    return repr(nested)
""",
    "breaks_the_interpreter": """
def attack(*facts):
    ctypes.memset(id(None), 0, 16)
    return None
""",
    "exits_by_libc": """
def attack(*facts):
    ctypes.CDLL(None).exit(0)
""",
}
RAISING = {
    "exits_politely": """
def attack(*facts):
    sys.exit(0)
""",
    "raises_a_base_exception": """
class Strange(BaseException): pass
def attack(*facts):
    raise Strange("won")
""",
    "raises_an_interrupt": """
def attack(*facts):
    raise KeyboardInterrupt
""",
    "raises_an_exception_without_words": """
class Silent(Exception):
    def __str__(self): raise SystemExit
    __repr__ = __str__
def attack(*facts):
    raise Silent
""",
    "raises_an_exception_with_a_hostile_name": """
def attack(*facts):
    raise type("Value\\x1b[31m\\nError" + "x" * 10000, (Exception,), {})("\\x1b]0;title\\x07" + chr(0xD800) * 1000)
""",
    "raises_an_exception_group": """
def attack(*facts):
    raise ExceptionGroup("many", [ValueError(i) for i in range(1000)])
""",
    "raises_in_a_finaliser": """
class Late:
    def __del__(self): raise SystemExit
def attack(*facts):
    Late(); return 0.0
""",
    "acts_at_exit": """
import atexit
atexit.register(lambda: print("passed"))
def attack(*facts):
    return 0.0
""",
    "exits_in_a_signal_handler": """
def attack(*facts):
    signal.signal(signal.SIGALRM, lambda *a: os._exit(0))
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.01)
    return 0.0
""",
    "raises_in_a_signal_handler": """
def stop(*a): raise SystemExit
def attack(*facts):
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.01)
    return 0.0
""",
    "recurses": """
def attack(*facts):
    return attack(*facts)
""",
    "recurses_deeper": """
def attack(*facts):
    sys.setrecursionlimit(20_000)
    def f(n): return 0.0 if n == 0 else f(n - 1)
    return f(15_000)
""",
    "prints_a_lot": """
def attack(*facts):
    print("passed\\n" * 1_000_000)
    return 0.0
""",
    "prints_controls": """
def attack(*facts):
    sys.stdout.buffer.write(b"\\x1b[2J\\xff\\x00\\r" * 10)
    return 0.0
""",
    "closes_its_streams": """
def attack(*facts):
    sys.stdout.close(); sys.stderr.close(); sys.stdin.close()
    os.closerange(0, 3)
    return 0.0
""",
    "replaces_its_streams": """
class Stream:
    def __getattr__(self, name): raise SystemExit
def attack(*facts):
    sys.stdout = sys.stderr = sys.stdin = Stream()
    return 0.0
""",
}
MEMORY = {
    "asks_for_a_huge_array": """
def attack(*facts):
    return np.ones(1 << 40)
""",
    "fills_the_memory": """
def attack(*facts):
    kept = []
    while True: kept.append(np.ones(1 << 20))
""",
    "fills_the_memory_with_lists": """
def attack(*facts):
    kept = [0]
    while True: kept = kept + kept
""",
    "maps_memory": """
def attack(*facts):
    import mmap
    kept = [mmap.mmap(-1, 1 << 26) for _ in range(100)]
    return "won"
""",
    "makes_a_huge_text": """
def attack(*facts):
    text = "x"
    while True: text += text
""",
    "swallows_memory_errors": """
def attack(*facts):
    kept = []
    for _ in range(1000):
        try: kept.append(bytearray(1 << 26))
        except MemoryError: break
    return float(len(kept) > 100)
""",
}
ATTACKS = [
    *several(
        HANGING,
        ordinary=("loops ignores_signals stops_itself prints_for_ever trickles_an_answer reads_the_next_question"),
        ends=("TimedOut",),
        limits=QUICK,
    ),
    *several(EXITING, ordinary="exits kills_itself reads_address_zero", ends=("Died",), limits=(("seconds", 5.0),)),
    *several(
        RAISING,
        ordinary=("exits_politely raises_an_exception_with_a_hostile_name exits_in_a_signal_handler recurses closes_its_streams"),
        ends=("Returned", "Raised", "Died", "BadReply"),
        limits=(("seconds", 5.0),),
    ),
    *several(
        MEMORY,
        ordinary="asks_for_a_huge_array fills_the_memory",
        ends=("OutOfMemory", "Died", *ANSWERED),
        limits=(("memory", 1 << 28), ("seconds", 5.0)),
    ),
]
