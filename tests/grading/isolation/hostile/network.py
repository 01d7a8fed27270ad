"""Reaching the network, or a server on this machine."""

from tests.grading.isolation.hostile import OPEN, several

ATTACKS = several(
    {
        "connects_by_tcp": """
def attack(secret, tree, pid, port, sock):
    import socket
    socket.create_connection(("127.0.0.1", port), 1)
    return "won"
""",
        "connects_by_raw_calls": """
def attack(secret, tree, pid, port, sock):
    return "won" if ctypes.CDLL(None).socket(2, 1, 0) >= 0 else 0.0
""",
        "sends_by_udp": """
def attack(secret, tree, pid, port, sock):
    import socket
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"loot", ("127.0.0.1", port))
    return "won"
""",
        "asks_for_a_name": """
def attack(secret, tree, pid, port, sock):
    import socket
    found = socket.getaddrinfo("localhost", 80)
    socket.socket(found[0][0])
    return "won"
""",
        "fetches_a_page": """
def attack(secret, tree, pid, port, sock):
    import urllib.request
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=0.3)
    except TimeoutError:
        pass
    return "won"
""",
        "connects_to_a_local_socket": """
def attack(secret, tree, pid, port, sock):
    import socket
    socket.socket(socket.AF_UNIX).connect(sock)
    return "won"
""",
        "connects_to_an_abstract_socket": """
def attack(secret, tree, pid, port, sock):
    import socket
    socket.socket(socket.AF_UNIX).connect(f"\\0mathcore-{pid}")
    return "won"
""",
        "listens": """
def attack(secret, tree, pid, port, sock):
    import socket
    socket.create_server(("127.0.0.1", 0))
    return "won"
""",
        "asks_the_kernel_by_netlink": """
def attack(secret, tree, pid, port, sock):
    import socket
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).bind((0, 0))
    return "won"
""",
        "makes_a_pair_of_sockets": """
def attack(secret, tree, pid, port, sock):
    import socket
    socket.socketpair()
    return "won"
""",
        "connects_by_the_channel": """
def attack(secret, tree, pid, port, sock):
    import socket
    for fd in sockets():
        try:
            socket.socket(fileno=os.dup(fd)).connect(sock)
            return "won"
        except OSError:
            pass
    return 0.0
""",
    },
    weak=OPEN,
    peaceful=True,
)
