"""Returning what is no number, or lies about what it is."""

from tests.grading.isolation.hostile import several

REFUSED = {
    "returns_an_object_array": "def attack(*facts): return np.array([None, 1], dtype=object)",
    "returns_a_structured_array": "def attack(*facts): return np.zeros(2, dtype=[('a', 'f8')])",
    "returns_complex_numbers": "def attack(*facts): return np.array([1j])",
    "returns_dates": "def attack(*facts): return np.array(['2020-01-01'], dtype='M8[D]')",
    "returns_an_array_of_text": "def attack(*facts): return np.array(['a'])",
    "returns_a_generator": "def attack(*facts): return (x for x in [1.0])",
    "returns_a_function": "def attack(*facts): return attack",
    "returns_a_mapping": "def attack(*facts): return {'array': '<f8'}",
    "returns_a_huge_array": "def attack(*facts): return np.zeros(1 << 24)",
    "returns_a_huge_list": "def attack(*facts): return [0.123456789] * 2_000_000",
    "returns_a_huge_whole_number": "def attack(*facts): return 10 ** 5000",
    "returns_a_list_of_itself": """
def attack(*facts):
    found = []; found.append(found)
    return found
""",
    "returns_what_pickles_to_code": """
class Evil:
    def __reduce__(self): return (os.system, ("echo won",))
def attack(*facts): return Evil()
""",
    "returns_a_list_that_lies": """
class Evil(list):
    def __len__(self): return 1 << 60
    def __iter__(self):
        while True: yield 0.0
def attack(*facts): return Evil()
""",
    "returns_what_claims_another_class": """
class Evil:
    @property
    def __class__(self): return np.ndarray
    def __array__(self, *a, **k): os._exit(0)
def attack(*facts): return Evil()
""",
    "returns_a_float_that_lies": """
class Evil(float):
    def __eq__(self, other): return True
    def __float__(self): return 0.0
def attack(*facts): return Evil(1.0)
""",
}
HELD = {
    "returns_an_array_that_lies": """
class Evil(np.ndarray):
    def __array__(self, *a, **k): os._exit(0)
    def __eq__(self, other): return True
    def __array_finalize__(self, other): pass
    def tobytes(self, *a): return b"lies"
    dtype = property(lambda self: np.dtype(object))
    shape = property(lambda self: (7, 7))
def attack(*facts): return np.ones(3).view(Evil)
""",
    "returns_a_masked_array": "def attack(*facts): return np.ma.masked_array([1.0, 2.0], [True, False])",
    "returns_a_memory_map": """
def attack(*facts):
    open("map", "wb").write(bytes(64))
    return np.memmap("map", mode="r")
""",
    "returns_text_with_controls": "def attack(*facts): return '\\x1b[31m' + chr(0xD800)",
    "returns_a_scalar_of_long_double": "def attack(*facts): return np.longdouble(1) / 3",
    "returns_odd_truth_values": "def attack(*facts): return np.full(4, 7, np.uint8).view(bool)",
    "changes_its_arguments": """
def attack(*facts):
    np.lib.stride_tricks.as_strided(np.zeros(1), (100,), (8,))
    return 0.0
""",
}
BIG = {"returns_a_broadcast_array": "def attack(*facts): return np.broadcast_to(1.0, (1 << 40,))"}
ATTACKS = [
    *several(REFUSED, ends=("NotNumbers",), peaceful=True),
    *several(HELD, ends=("Returned",), peaceful=True),
    *several(BIG, ends=("OutOfMemory", "NotNumbers", "Raised"), limits=(("seconds", 5.0),)),
]
