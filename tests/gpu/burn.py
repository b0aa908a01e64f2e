"""Takes GPU memory and keeps the card busy, with nothing but the driver: burn.py MIB SECONDS."""
import ctypes
import sys
import time

cuda = ctypes.CDLL("libcuda.so.1")


def check(result, what):
    if result:
        sys.exit(f"{what}: CUDA error {result}")


mib, seconds = int(sys.argv[1]), float(sys.argv[2])
device, context, memory = ctypes.c_int(), ctypes.c_void_p(), ctypes.c_uint64()
check(cuda.cuInit(0), "cuInit")
check(cuda.cuDeviceGet(ctypes.byref(device), 0), "cuDeviceGet")
check(cuda.cuCtxCreate_v2(ctypes.byref(context), 0, device), "cuCtxCreate")
check(cuda.cuMemAlloc_v2(ctypes.byref(memory), ctypes.c_size_t(mib << 20)), "cuMemAlloc")
print("ready", flush=True)
end = time.monotonic() + seconds
while time.monotonic() < end:
    for value in range(32):
        check(cuda.cuMemsetD8_v2(memory, ctypes.c_ubyte(value), ctypes.c_size_t(mib << 20)), "cuMemsetD8")
    check(cuda.cuCtxSynchronize(), "cuCtxSynchronize")
