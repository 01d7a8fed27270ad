"""Reading what is not theirs, changing it, filling the disk, leaving something behind."""

from tests.grading.isolation.hostile import ANSWERED, OPEN, several

OUT_OF_REACH = {
    "reads_passwd": """
def attack(secret, tree, pid, port, sock):
    return "won" if "root:" in open("/etc/passwd").read() else 0.0
""",
    "reads_a_secret": """
def attack(secret, tree, pid, port, sock):
    return "won" if "secret" in open(secret).read() else 0.0
""",
    "climbs_out_by_dots": """
def attack(secret, tree, pid, port, sock):
    return "won" if "secret" in open("../" * 20 + secret.lstrip("/")).read() else 0.0
""",
    "lists_the_folder_of_a_secret": """
def attack(secret, tree, pid, port, sock):
    return "won" if os.listdir(os.path.dirname(secret)) else 0.0
""",
    "links_out_of_its_folder": """
def attack(secret, tree, pid, port, sock):
    os.symlink(secret, "link")
    return "won" if "secret" in open("link").read() else 0.0
""",
    "hard_links_out_of_its_folder": """
def attack(secret, tree, pid, port, sock):
    os.link(secret, "link")
    return "won" if "secret" in open("link").read() else 0.0
""",
    "opens_from_a_folder_descriptor": """
def attack(secret, tree, pid, port, sock):
    root = os.open("/", os.O_RDONLY)
    return "won" if os.read(os.open(secret.lstrip("/"), os.O_RDONLY, dir_fd=root), 10) else 0.0
""",
    "maps_a_secret": """
def attack(secret, tree, pid, port, sock):
    return "won" if bytes(np.memmap(secret, mode="r")[:6]) == b"secret" else 0.0
""",
    "reads_a_secret_by_numpy": """
def attack(secret, tree, pid, port, sock):
    return "won" if np.fromfile(secret, np.uint8).size else 0.0
""",
    "reads_a_secret_by_libc": """
def attack(secret, tree, pid, port, sock):
    return "won" if ctypes.CDLL(None).open(secret.encode(), 0) >= 0 else 0.0
""",
    "changes_the_mode_of_a_file": """
def attack(secret, tree, pid, port, sock):
    os.chmod(secret, 0o600)
    return "won"
""",
    "changes_the_times_of_a_file": """
def attack(secret, tree, pid, port, sock):
    os.utime(secret)
    return "won"
""",
    "truncates_a_file": """
def attack(secret, tree, pid, port, sock):
    os.truncate(secret, os.stat(secret).st_size)
    return "won"
""",
    "marks_a_file": """
def attack(secret, tree, pid, port, sock):
    os.setxattr(secret, "user.mark", b"1")
    return "won"
""",
    "moves_a_file_out": """
def attack(secret, tree, pid, port, sock):
    open("loot", "w").close()
    os.rename("loot", os.path.dirname(secret) + "/loot")
    return "won"
""",
    "leaves_files_in_tmp": """
def attack(secret, tree, pid, port, sock):
    for folder in ("/tmp", "/var/tmp", "/dev/shm", os.path.dirname(secret)):
        path = f"{folder}/left-by-{pid}"
        try:
            open(path, "w").close()
            os.unlink(path)
            return "won"
        except OSError:
            pass
    return 0.0
""",
    "opens_numpy_for_writing": """
def attack(secret, tree, pid, port, sock):
    open(np.__file__, "ab").close()
    return "won"
""",
    "opens_the_standard_library_for_writing": """
def attack(secret, tree, pid, port, sock):
    open(os.__file__, "ab").close()
    return "won"
""",
    "opens_the_program_of_the_judge_for_writing": """
def attack(secret, tree, pid, port, sock):
    open(sys.modules["inside.main"].__file__, "ab").close()
    return "won"
""",
    "finds_mathcore_beside_numpy": """
def attack(secret, tree, pid, port, sock):
    import glob
    for root in (os.path.dirname(os.path.dirname(np.__file__)), tree, *sys.path):
        for name in glob.glob(root + "/*core/numeric/soft*.py") + glob.glob(root + "/*/*core/numeric/soft*.py"):
            if open(name).read():
                return "won"
    return "won" if open(tree + "/mathcore/__init__.py").read() else 0.0
""",
    "puts_mathcore_on_its_path": """
def attack(secret, tree, pid, port, sock):
    sys.path.insert(0, tree)
    sys.path_importer_cache.clear()
    import mathcore
    return "won"
""",
    "finds_the_folder_of_mathcore": """
def attack(secret, tree, pid, port, sock):
    return "won" if "mathcore" in os.listdir(tree) else 0.0
""",
    "puts_the_packages_on_its_path": """
def attack(secret, tree, pid, port, sock):
    sys.path.append(os.path.dirname(os.path.dirname(np.__file__)))
    import importlib
    importlib.invalidate_caches()
    for name in ("sympy", "hypothesis", "flint", "pytest"):
        try:
            importlib.import_module(name)
            return "won " + name
        except ImportError:
            pass
    return 0.0
""",
    "looks_into_proc": """
def attack(secret, tree, pid, port, sock):
    return "won" if os.listdir("/proc") else 0.0
""",
    "reads_its_command_line_from_proc": """
def attack(secret, tree, pid, port, sock):
    return "won" if open("/proc/self/cmdline").read() + open("/proc/self/maps").read() else 0.0
""",
    "reads_an_environment_from_proc": """
def attack(secret, tree, pid, port, sock):
    for who in (1, pid, os.getppid()):
        try:
            if b"MATHCORE_TEST_SECRET" in open(f"/proc/{who}/environ", "rb").read():
                return "won"
        except OSError:
            pass
    return 0.0
""",
    "uses_shared_memory": """
def attack(secret, tree, pid, port, sock):
    open("/dev/shm/mathcore-test", "w").close()
    os.unlink("/dev/shm/mathcore-test")
    return "won"
""",
    "uses_a_named_semaphore": """
def attack(secret, tree, pid, port, sock):
    import _multiprocessing
    _multiprocessing.SemLock(1, 1, 1, f"/mathcore-test-{pid}", True)
    return "won"
""",
}
NEVER = {
    "imports_mathcore": """
def attack(secret, tree, pid, port, sock):
    import mathcore
    return "won"
""",
    "finds_the_spec_of_mathcore": """
def attack(secret, tree, pid, port, sock):
    import importlib.util
    return "won" if importlib.util.find_spec("mathcore") else 0.0
""",
    "imports_what_else_is_installed": """
def attack(secret, tree, pid, port, sock):
    import importlib
    for name in ("sympy", "hypothesis", "flint", "pytest", "rich", "site", "sitecustomize"):
        try:
            importlib.import_module(name)
            if name != "site":
                return "won " + name
        except ImportError:
            pass
    return 0.0
""",
    "reads_the_environment": """
def attack(secret, tree, pid, port, sock):
    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_char_p
    return "won" if libc.getenv(b"MATHCORE_TEST_SECRET") or libc.getenv(b"PATH") or os.environ else 0.0
""",
    "makes_a_device": """
def attack(secret, tree, pid, port, sock):
    os.mknod("disk", 0o060600, os.makedev(8, 0))
    return "won"
""",
    "asks_for_input": """
def attack(secret, tree, pid, port, sock):
    return input()
""",
}
FULL = ("Died", *ANSWERED, "TimedOut")
SMALL = (("folder_bytes", 4 << 20), ("file_bytes", 1 << 20), ("seconds", 4.0))
FILLING = {
    "fills_the_disk": """
def attack(secret, tree, pid, port, sock):
    for i in range(2000):
        with open(f"file{i}", "wb") as file:
            file.write(bytes(1 << 20))
    return "won"
""",
    "writes_one_huge_file": """
def attack(secret, tree, pid, port, sock):
    with open("file", "wb") as file:
        for _ in range(1000):
            file.write(bytes(1 << 20))
    return "won"
""",
    "writes_a_sparse_file": """
def attack(secret, tree, pid, port, sock):
    with open("file", "wb") as file:
        file.truncate(1 << 40)
    return "won"
""",
    "makes_many_files": """
def attack(secret, tree, pid, port, sock):
    for i in range(50_000):
        open(f"file{i}", "wb").close()
    return 0.0
""",
    "makes_deep_folders": """
def attack(secret, tree, pid, port, sock):
    for i in range(1200):
        os.mkdir("d" * 50)
        os.chdir("d" * 50)
    return 0.0
""",
    "takes_the_modes_of_its_folder_away": """
def attack(secret, tree, pid, port, sock):
    os.mkdir("inner")
    open("inner/file", "w").close()
    os.chmod("inner", 0)
    os.chmod(".", 0)
    return 0.0
""",
    "gives_files_odd_names": """
def attack(secret, tree, pid, port, sock):
    for name in (b"\\xff\\xfe", b"new\\nline", b"\\x1b[31m", b"-rf", b"*", b"x" * 255):
        open(name, "w").close()
    return 0.0
""",
    "removes_its_folder": """
def attack(secret, tree, pid, port, sock):
    os.rmdir(os.getcwd())
    return 0.0
""",
}
ATTACKS = [
    *several(OUT_OF_REACH, weak=OPEN, peaceful=True),
    *several(NEVER, peaceful=True),
    *several(FILLING, ordinary="fills_the_disk makes_deep_folders", ends=FULL, limits=SMALL),
]
