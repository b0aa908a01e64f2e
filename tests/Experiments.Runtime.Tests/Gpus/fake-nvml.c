/* A stand-in for NVIDIA's libnvidia-ml.so.1. What it says is in the file SCRIPT, read anew by every count:
 *
 *   init 9                     the result of nvmlInit
 *   count 999                  the result of nvmlDeviceGetCount
 *   gpu uuid=GPU-a name=Fake_H200 total=24576 reserved=300 used=100 util=50 watts=200 joules=1000 ecc=0 pending=0 failed=0 mig=0 handle=0 result=0
 *   process gpu=0 pid=12 mib=100 util=30
 *   instance gpu=0 number=1 uuid=MIG-a total=10240 used=5
 *
 * `handle` is what the handle's function returns; `result` what all others of the device return. Compiled with -DOLD it has only what an old driver has.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef int result;
enum { SUCCESS = 0, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7, NOT_LOADED = 9 };
typedef unsigned long long u64;
typedef struct { char uuid[80], name[80]; long total, reserved, used, util, watts, joules, ecc, pending, failed, mig, handle, result, card, number; } gpu;
typedef struct { long gpu, pid, mib, util; } process;

static gpu gpus[64];
static process processes[64];
static int cards, all, running, init_result, count_result, hang;

static long number(const char *line, const char *name, long otherwise) {
    char key[32];
    snprintf(key, sizeof key, " %s=", name);
    const char *at = strstr(line, key);
    long value;
    return at && sscanf(at + strlen(key), "%ld", &value) == 1 ? value : otherwise;
}

static void text(const char *line, const char *name, char *to) {
    char key[32];
    snprintf(key, sizeof key, " %s=", name);
    const char *at = strstr(line, key);
    to[0] = 0;
    if (at) sscanf(at + strlen(key), "%79s", to);
    for (char *c = to; *c; c++) if (*c == '_') *c = ' ';
}

static void read_gpu(const char *line, gpu *g) {
    text(line, "uuid", g->uuid);
    text(line, "name", g->name);
    g->total = number(line, "total", 24576); g->reserved = number(line, "reserved", 0); g->used = number(line, "used", 0);
    g->util = number(line, "util", -1); g->watts = number(line, "watts", -1); g->joules = number(line, "joules", -1);
    g->ecc = number(line, "ecc", -1); g->pending = number(line, "pending", 0); g->failed = number(line, "failed", 0);
    g->mig = number(line, "mig", 0); g->handle = number(line, "handle", 0); g->result = number(line, "result", 0);
    g->card = number(line, "gpu", 0); g->number = number(line, "number", -1);
}

static void load(void) {
    char line[1024];
    gpu instances[32];
    int divided = 0;
    cards = running = init_result = count_result = hang = 0;
    FILE *file = fopen(SCRIPT, "r");
    if (!file) { init_result = NOT_LOADED; return; }
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "init %d", &init_result) == 1 || sscanf(line, "count %d", &count_result) == 1 || sscanf(line, "hang %d", &hang) == 1) continue;
        if (!strncmp(line, "gpu ", 4)) read_gpu(line, &gpus[cards++]);
        else if (!strncmp(line, "instance ", 9)) read_gpu(line, &instances[divided++]);
        else if (!strncmp(line, "process ", 8)) {
            process *p = &processes[running++];
            p->gpu = number(line, "gpu", 0); p->pid = number(line, "pid", 0); p->mib = number(line, "mib", -1); p->util = number(line, "util", -1);
        }
    }
    fclose(file);
    memcpy(gpus + cards, instances, divided * sizeof(gpu));
    all = cards + divided;
}

result nvmlInit_v2(void) { load(); return init_result; }
result nvmlDeviceGetCount_v2(unsigned *count) { load(); if (hang) sleep(hang); *count = cards; return init_result ? init_result : count_result; }
result nvmlDeviceGetHandleByIndex_v2(unsigned index, gpu **device) { *device = &gpus[index]; return gpus[index].handle; }
result nvmlDeviceGetUUID(gpu *g, char *to, unsigned length) { snprintf(to, length, "%s", g->uuid); return g->result; }
result nvmlDeviceGetName(gpu *g, char *to, unsigned length) { snprintf(to, length, "%s", g->name); return g->result; }
result nvmlDeviceGetUtilizationRates(gpu *g, unsigned *rates) { rates[0] = g->util; rates[1] = 0; return g->result ? g->result : g->util < 0 ? NOT_SUPPORTED : SUCCESS; }
result nvmlDeviceGetPowerUsage(gpu *g, unsigned *power) { *power = g->watts * 1000; return g->watts < 0 ? NOT_SUPPORTED : g->result; }
result nvmlDeviceGetMemoryInfo(gpu *g, u64 *memory) {
    memory[0] = (u64)g->total << 20; memory[2] = (u64)(g->used + g->reserved) << 20; memory[1] = memory[0] - memory[2];
    return g->result;
}

#ifdef OLD
typedef struct { unsigned pid; u64 used; } running_process;
result nvmlDeviceGetComputeRunningProcesses(gpu *g, unsigned *count, running_process *to) {
#else
typedef struct { unsigned pid; u64 used; unsigned gpu_instance, compute_instance; } running_process;
result nvmlDeviceGetComputeRunningProcesses_v3(gpu *g, unsigned *count, running_process *to) {
#endif
    unsigned found = 0;
    for (int i = 0; i < running; i++) {
        if (&gpus[processes[i].gpu] != g && g->number != processes[i].gpu) continue;
        if (found < *count) { to[found].pid = processes[i].pid; to[found].used = processes[i].mib < 0 ? ~0ull : (u64)processes[i].mib << 20; }
        found++;
    }
    result enough = found <= *count ? SUCCESS : INSUFFICIENT_SIZE;
    *count = found;
    return g->result ? g->result : enough;
}

#ifndef OLD
typedef struct { unsigned version; u64 total, reserved, free, used; } memory_v2;
result nvmlDeviceGetMemoryInfo_v2(gpu *g, memory_v2 *memory) {
    if (memory->version != (sizeof(memory_v2) | 2 << 24)) return 25;
    memory->total = (u64)g->total << 20; memory->reserved = (u64)g->reserved << 20; memory->used = (u64)g->used << 20;
    memory->free = memory->total - memory->used - memory->reserved;
    return g->result;
}
typedef struct { unsigned pid; u64 time; unsigned sm, memory, encoder, decoder; } sample;
result nvmlDeviceGetProcessUtilization(gpu *g, sample *to, unsigned *count, u64 since) {
    unsigned found = 0;
    for (int i = 0; i < running; i++) {
        if (&gpus[processes[i].gpu] != g || processes[i].util < 0) continue;
        if (to && found < *count) { to[found].pid = processes[i].pid; to[found].time = since + 1; to[found].sm = processes[i].util; }
        found++;
    }
    *count = found;
    return found == 0 ? NOT_FOUND : to ? SUCCESS : INSUFFICIENT_SIZE;
}
result nvmlDeviceGetTotalEccErrors(gpu *g, int type, int counter, u64 *errors) { *errors = g->ecc; return type != 1 || counter != 0 || g->ecc < 0 ? NOT_SUPPORTED : g->result; }
result nvmlDeviceGetRemappedRows(gpu *g, unsigned *corrected, unsigned *uncorrected, unsigned *pending, unsigned *failed) {
    *corrected = *uncorrected = 0; *pending = g->pending; *failed = g->failed;
    return g->result;
}
result nvmlDeviceGetTotalEnergyConsumption(gpu *g, u64 *energy) { *energy = (u64)g->joules * 1000; return g->joules < 0 ? NOT_SUPPORTED : g->result; }
result nvmlDeviceGetMigMode(gpu *g, unsigned *current, unsigned *pending) { *current = *pending = g->mig > 0; return g->result; }
result nvmlDeviceGetMaxMigDeviceCount(gpu *g, unsigned *count) { *count = g->mig; return SUCCESS; }
result nvmlDeviceGetMigDeviceHandleByIndex(gpu *g, unsigned index, gpu **device) {
    for (int i = cards; i < all; i++)
        if (&gpus[gpus[i].card] == g && gpus[i].number == index) { *device = &gpus[i]; return SUCCESS; }
    return NOT_FOUND;
}
#endif
