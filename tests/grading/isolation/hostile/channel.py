"""Speaking for the judge: forged answers, the child's own program, the libraries around it."""

from tests.grading.isolation.hostile import several

ANY = ("Returned", "Raised", "Died", "BadReply", "TimedOut", "NotNumbers", "OutOfMemory")
FRAMES = """
import json
def frame(**entries):
    text = json.dumps(entries).encode()
    return struct.pack("<IQ", len(text), 0) + text
def send(data):
    for fd in sockets():
        try: os.write(fd, data)
        except OSError: pass
"""
FORGING = {
    "answers_without_the_number": """
def attack(*facts):
    send(frame(returned=1.0, nonce="0" * 24))
    time.sleep(0.2)
    return 0.0
""",
    "claims_a_huge_header": """
def attack(*facts):
    send(struct.pack("<IQ", 2 ** 32 - 1, 0)); time.sleep(100)
""",
    "claims_huge_buffers": """
def attack(*facts):
    send(struct.pack("<IQ", 2, 2 ** 64 - 1) + b"{}"); time.sleep(100)
""",
    "sends_no_json": """
def attack(*facts):
    send(struct.pack("<IQ", 9, 0) + b"\\xff" * 9); time.sleep(100)
""",
    "sends_deep_json": """
def attack(*facts):
    send(struct.pack("<IQ", 100_000, 0) + b"[" * 100_000); time.sleep(100)
""",
    "sends_a_list": """
def attack(*facts):
    send(struct.pack("<IQ", 2, 0) + b"[]"); time.sleep(100)
""",
    "floods_the_channel": """
def attack(*facts):
    while True: send(b"x" * 65536)
""",
    "closes_the_channel": """
def attack(*facts):
    os.closerange(0, 4096); time.sleep(100)
""",
}
LATER = {
    "answers_the_next_question_now": """
def attack(*facts):
    import threading
    send(frame(returned=0.0, nonce=number()) + frame(returned=4.0, nonce=number()))
    return 0.0
def number():
    import gc
    for found in gc.get_objects():
        if type(found) is dict and "nonce" in found: return found["nonce"]
""",
    "answers_by_itself_with_the_right_number": """
def attack(*facts):
    frame_now = sys._getframe()
    while frame_now and "request" not in frame_now.f_locals: frame_now = frame_now.f_back
    send(frame(returned=0.0, nonce=frame_now.f_locals["request"]["nonce"], type="float"))
    os._exit(0)
""",
    "puts_its_streams_over_the_channel": """
def attack(*facts):
    for fd in sockets(): os.dup2(1, fd)
    return 0.0
""",
    "puts_the_channel_over_its_streams": """
def attack(*facts):
    for fd in sockets(): os.dup2(fd, 1)
    print("passed")
    return 0.0
""",
    "sends_a_descriptor": """
def attack(*facts):
    import array, socket
    for fd in sockets():
        socket.socket(fileno=os.dup(fd)).sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0]))])
    return 0.0
""",
    "rewrites_the_encoder": """
def attack(*facts):
    main = sys.modules["inside.main"]
    main.encode = lambda value, parts, depth=0: "won-nothing"[4:]
    return 0.0
""",
    "rewrites_the_server": """
def attack(*facts):
    sys.modules["inside.main"].called = lambda *a: ({"returned": True, "type": "passed"}, [])
    sys.modules["inside.main"].surroundings = None
    return 0.0
""",
    "answers_with_an_unnamed_buffer": """
def attack(*facts):
    sys.modules["inside.main"].pack = lambda header, parts: struct.pack("<IQ", 2, 8) + b"{}" + bytes(8)
    return 0.0
""",
    "answers_with_a_forbidden_dtype": """
def attack(*facts):
    real = sys.modules["inside.main"].pack
    lie = {"array": "|O", "shape": [1], "layout": "C"}
    sys.modules["inside.main"].pack = lambda header, parts: real(header | {"returned": lie}, [bytes(8)])
    return 0.0
""",
    "answers_with_a_lying_shape": """
def attack(*facts):
    real = sys.modules["inside.main"].pack
    lie = {"array": "<f8", "shape": [1 << 40, 1 << 40], "layout": "C"}
    sys.modules["inside.main"].pack = lambda header, parts: real(header | {"returned": lie}, [bytes(8)])
    return 0.0
""",
    "answers_with_an_impossible_shape": """
def attack(*facts):
    real = sys.modules["inside.main"].pack
    lie = {"array": "<f8", "shape": [0, 1 << 47, 1 << 47], "layout": "strided"}
    sys.modules["inside.main"].pack = lambda header, parts: real(header | {"returned": lie}, [])
    return 0.0
""",
    "answers_with_hostile_reports": """
def attack(*facts):
    real = sys.modules["inside.main"].pack
    lie = {"changed": [True, 99, {}, "\\x1b[31m"], "state": {"a": 1}, "warned": [1, "\\x1b" * 9999], "type": []}
    sys.modules["inside.main"].pack = lambda header, parts: real(header | lie, parts)
    return 0.0
""",
    "patches_numpy": """
def attack(*facts):
    true = lambda *a, **k: True
    for name in ("allclose", "asarray", "array_equal", "exp", "isnan", "frombuffer", "ndarray"): setattr(np, name, true)
    np.testing.assert_allclose = true
    return 0.0
""",
    "patches_builtins": """
def attack(*facts):
    import builtins
    for name in ("isinstance", "len", "abs", "type", "repr", "zip", "issubclass", "open"):
        setattr(builtins, name, lambda *a, **k: True)
    return 0.0
""",
    "patches_json": """
def attack(*facts):
    json.dumps = lambda *a, **k: '{"passed": true}'
    json.loads = lambda *a, **k: {"do": "load"}
    return 0.0
""",
    "clears_the_modules": """
def attack(*facts):
    sys.modules.clear()
    return 0.0
""",
    "clears_its_namespace": """
def attack(*facts):
    globals().clear()
    return 0.0
""",
    "rewrites_its_caller": """
def attack(*facts):
    caller = sys._getframe(1)
    caller.f_globals.clear()
    return 0.0
""",
    "looks_for_the_expected_answer": """
def attack(*facts):
    import gc
    words = ("expected", "reference", "verdict", "answer_key")
    for found in gc.get_objects():
        if type(found) is dict:
            names = [name for name in list(found) if type(name) is str and name in words]
            if any(type(found[name]) in (float, np.ndarray) for name in names):
                return "won"
    return 0.0
""",
    "looks_up_the_stack": """
def attack(*facts):
    frame_now, seen = sys._getframe(), []
    while frame_now:
        seen += list(frame_now.f_globals)
        frame_now = frame_now.f_back
    seen = {name.split(".")[0] for name in [*seen, *sys.modules]}
    return "won" if seen & {"mathcore", "pytest", "hypothesis", "reference"} else 0.0
""",
    "seeds_the_generators": """
def attack(*facts):
    import random
    random.seed(0); np.random.seed(0); np.seterr(all="ignore"); np.set_printoptions(precision=1)
    return 0.0
""",
    "switches_threads_rarely": """
def attack(*facts):
    import gc
    sys.setswitchinterval(1e6); gc.disable(); sys.setrecursionlimit(100)
    return 0.0
""",
}
ATTACKS = [
    *several(
        {name: FRAMES + text for name, text in FORGING.items()},
        ordinary=("answers_without_the_number claims_huge_buffers sends_deep_json closes_the_channel"),
        ends=("BadReply",),
        limits=(("seconds", 5.0),),
    ),
    *several(
        {name: FRAMES + text for name, text in LATER.items()},
        ordinary=(
            "answers_the_next_question_now answers_by_itself_with_the_right_number rewrites_the_server "
            "answers_with_a_lying_shape patches_numpy patches_builtins clears_the_modules"
        ),
        ends=ANY,
        limits=(("seconds", 1.0),),
    ),
]
