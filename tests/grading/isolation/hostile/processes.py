"""Starting processes and threads, reaching others, living on, asking the kernel for more."""

from tests.grading.isolation.hostile import ANSWERED, OPEN, several

ENDED = (*ANSWERED, "Died", "TimedOut", "BadReply", "OutOfMemory")
STARTING = {
    "bombs_with_forks": """
def attack(secret, tree, pid, port, sock):
    while True:
        os.fork()
""",
    "bombs_with_threads": """
def attack(secret, tree, pid, port, sock):
    import threading
    for _ in range(5000):
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
    return "won"
""",
    "lives_on_as_a_daemon": """
def attack(secret, tree, pid, port, sock):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            os.chdir("/")
            time.sleep(100)
        os._exit(0)
    return 0.0
""",
    "lets_a_child_answer": """
def attack(secret, tree, pid, port, sock):
    if os.fork():
        time.sleep(100)
    return 0.0
""",
    "runs_a_shell": """
def attack(secret, tree, pid, port, sock):
    import subprocess
    done = subprocess.run(["/bin/sh", "-c", "sleep 1; echo done"], capture_output=True)
    return "won" if b"done" in done.stdout else 0.0
""",
    "runs_a_shell_by_system": """
def attack(secret, tree, pid, port, sock):
    return "won" if os.system("sleep 1; exit 7") >> 8 == 7 else 0.0
""",
    "spawns_a_program": """
def attack(secret, tree, pid, port, sock):
    child = os.posix_spawn("/bin/sh", ["sh", "-c", "sleep 1; exit 7"], {})
    return "won" if os.waitpid(child, 0)[1] >> 8 == 7 else 0.0
""",
    "becomes_another_program": """
def attack(secret, tree, pid, port, sock):
    os.execv("/bin/sh", ["sh", "-c", "sleep 100"])
""",
    "becomes_python_again": """
def attack(secret, tree, pid, port, sock):
    os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(100)"])
""",
    "loads_a_library_into_a_program": """
def attack(secret, tree, pid, port, sock):
    import subprocess
    done = subprocess.run(["/bin/sh", "-c", "sleep 1; echo $LD_PRELOAD"], env={"LD_PRELOAD": "evil.so"}, capture_output=True)
    return "won" if b"evil" in done.stdout else 0.0
""",
    "forks_by_libc": """
def attack(secret, tree, pid, port, sock):
    child = ctypes.CDLL(None).fork()
    if child == 0:
        time.sleep(100)
    time.sleep(0.5)
    return "won" if child > 0 else 0.0
""",
    "clones_by_system_call": """
def attack(secret, tree, pid, port, sock):
    fields = (ctypes.c_uint64 * 11)()
    fields[4] = signal.SIGCHLD
    child = ctypes.CDLL(None).syscall(435, ctypes.byref(fields), 88)
    if child == 0:
        time.sleep(100)
    time.sleep(0.5)
    return "won" if child > 0 else 0.0
""",
    "uses_a_pool": """
def attack(secret, tree, pid, port, sock):
    import concurrent.futures
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        return "won" if list(pool.map(abs, [-1])) == [1] else 0.0
""",
    "opens_a_browser": """
def attack(secret, tree, pid, port, sock):
    import antigravity
    return 0.0
""",
}
REACHING = {
    "may_signal_the_judge": """
def attack(secret, tree, pid, port, sock):
    os.kill(pid, 0)
    return "won"
""",
    "may_signal_its_parent": """
def attack(secret, tree, pid, port, sock):
    os.kill(os.getppid(), 0)
    return "won"
""",
    "may_signal_everybody": """
def attack(secret, tree, pid, port, sock):
    os.kill(-1, 0)
    return "won"
""",
    "may_signal_by_a_descriptor": """
def attack(secret, tree, pid, port, sock):
    fd = call(434, pid, 0)
    return "won" if fd >= 0 and call(424, fd, 0, 0, 0) == 0 else 0.0
""",
    "owns_a_descriptor_for_the_judge": """
def attack(secret, tree, pid, port, sock):
    import fcntl
    fcntl.fcntl(os.open("/dev/null", os.O_RDONLY), 8, pid)
    return "won"
""",
    "traces_the_judge": """
def attack(secret, tree, pid, port, sock):
    return "won" if call(101, 0x4206, pid, 0, 0) == 0 else 0.0
""",
    "reads_the_memory_of_the_judge": """
def attack(secret, tree, pid, port, sock):
    buffer = ctypes.create_string_buffer(8)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
    remote = (ctypes.c_size_t * 2)(4096, 8)
    call(310, pid, ctypes.addressof(local), 1, ctypes.addressof(remote), 1, 0)
    return "won" if ctypes.get_errno() == 14 else 0.0
""",
    "opens_the_memory_of_the_judge": """
def attack(secret, tree, pid, port, sock):
    open(f"/proc/{pid}/mem", "rb").close()
    return "won"
""",
    "opens_the_memory_of_its_parent": """
def attack(secret, tree, pid, port, sock):
    open(f"/proc/{os.getppid()}/mem", "rb").close()
    return "won"
""",
    "asks_for_the_limits_of_the_judge": """
def attack(secret, tree, pid, port, sock):
    import resource
    return "won" if resource.prlimit(pid, resource.RLIMIT_NOFILE) else 0.0
""",
    "sets_the_priority_of_the_judge": """
def attack(secret, tree, pid, port, sock):
    os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid))
    return "won"
""",
    "leaves_its_session": """
def attack(secret, tree, pid, port, sock):
    os.setsid()
    return "won"
""",
    "pins_itself_to_a_processor": """
def attack(secret, tree, pid, port, sock):
    os.sched_setaffinity(0, os.sched_getaffinity(0))
    return "won"
""",
    "makes_itself_important": """
def attack(secret, tree, pid, port, sock):
    os.setpriority(os.PRIO_PROCESS, 0, 0)
    return "won"
""",
    "survives_its_parent_by_prctl": """
def attack(secret, tree, pid, port, sock):
    return "won" if ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0 else 0.0
""",
    "becomes_a_subreaper": """
def attack(secret, tree, pid, port, sock):
    return "won" if ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) == 0 else 0.0
""",
    "makes_a_namespace": """
def attack(secret, tree, pid, port, sock):
    return "won" if ctypes.CDLL(None).unshare(0x10000000) == 0 else 0.0
""",
    "uses_system_v_shared_memory": """
def attack(secret, tree, pid, port, sock):
    where = ctypes.CDLL(None).shmget(0, 4096, 0o1600)
    if where >= 0:
        ctypes.CDLL(None).shmctl(where, 0, 0)
    return "won" if where >= 0 else 0.0
""",
    "makes_a_file_in_memory": """
def attack(secret, tree, pid, port, sock):
    return "won" if os.memfd_create("hidden") >= 0 else 0.0
""",
    "uses_io_uring": """
def attack(secret, tree, pid, port, sock):
    buffer = ctypes.create_string_buffer(120)
    return "won" if call(425, 1, ctypes.addressof(buffer)) >= 0 else 0.0
""",
    "watches_files": """
def attack(secret, tree, pid, port, sock):
    return "won" if call(294, 0) >= 0 else 0.0
""",
    "uses_a_key_ring": """
def attack(secret, tree, pid, port, sock):
    return "won" if call(250, 0, -3, 0) >= 0 else 0.0
""",
    "handles_page_faults": """
def attack(secret, tree, pid, port, sock):
    return "won" if call(323, 1) >= 0 else 0.0
""",
}
NEVER = {
    "raises_its_memory_limit": """
def attack(secret, tree, pid, port, sock):
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "won"
""",
    "raises_its_processor_limit": """
def attack(secret, tree, pid, port, sock):
    import resource
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.prlimit(0, resource.RLIMIT_CPU, (hard + 100, hard + 100))
    return "won"
""",
    "opens_many_files": """
def attack(secret, tree, pid, port, sock):
    files = [open("/dev/null") for _ in range(5000)]
    return "won"
""",
    "mounts": """
def attack(secret, tree, pid, port, sock):
    return "won" if ctypes.CDLL(None).mount(b"none", b"/", b"tmpfs", 0, 0) == 0 else 0.0
""",
    "changes_its_root": """
def attack(secret, tree, pid, port, sock):
    os.chroot(".")
    return "won"
""",
    "joins_a_namespace": """
def attack(secret, tree, pid, port, sock):
    return "won" if ctypes.CDLL(None).setns(os.open("/proc/1/ns/net", os.O_RDONLY), 0) == 0 else 0.0
""",
    "loads_a_program_into_the_kernel": """
def attack(secret, tree, pid, port, sock):
    fields = ctypes.create_string_buffer(struct.pack("IIII", 2, 4, 4, 1), 128)
    return "won" if call(321, 0, ctypes.addressof(fields), 128) >= 0 else 0.0
""",
    "becomes_root": """
def attack(secret, tree, pid, port, sock):
    if os.getuid() == 0:
        return 0.0
    os.setuid(0)
    return "won"
""",
    "becomes_somebody_else": """
def attack(secret, tree, pid, port, sock):
    os.setresuid(12345, 12345, 12345)
    return "won"
""",
    "gives_itself_rights": """
def attack(secret, tree, pid, port, sock):
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    every = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
    return "won" if ctypes.CDLL(None).capset(header, every) == 0 else 0.0
""",
    "traces_itself": """
def attack(secret, tree, pid, port, sock):
    sys.settrace(lambda *a: None)
    sys.setprofile(lambda *a: None)
    return 0.0
""",
    "changes_its_working_folder": """
def attack(secret, tree, pid, port, sock):
    here = os.getcwd()
    os.chdir("/")
    os.chdir(here)
    return 0.0
""",
}
ATTACKS = [
    *several(
        STARTING,
        ordinary="bombs_with_forks bombs_with_threads lives_on_as_a_daemon runs_a_shell",
        weak=OPEN,
        ends=ENDED,
        limits=(("seconds", 1.5),),
    ),
    *several(REACHING, weak=OPEN, peaceful=True),
    *several(NEVER, peaceful=True),
]
