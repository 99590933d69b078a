#include "CEventLoop.h"
#include <math.h>
#include <stdlib.h>

typedef struct {
    double time;
    uint32_t order;
    uint32_t what;
} pending;

typedef struct {
    pending *items;
    int count;
    uint32_t made;
} calendar;

static uint64_t state[4];

static uint64_t rotated(uint64_t value, int by) { return (value << by) | (value >> (64 - by)); }

/* xoshiro256++ (Blackman and Vigna: "Scrambled linear pseudorandom number generators", 2021). */
static uint64_t bits(void) {
    uint64_t result = rotated(state[0] + state[3], 23) + state[0];
    uint64_t kept = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= kept;
    state[3] = rotated(state[3], 45);
    return result;
}

static double exponential(double mean) { return -mean * log(((double)(bits() >> 11) + 0.5) * 0x1p-53); }

static int before(const pending *left, const pending *right) {
    return left->time < right->time || (left->time == right->time && left->order < right->order);
}

/* A heap with four children a node. */
static void schedule(calendar *all, double time, uint32_t what) {
    pending added = {time, all->made++, what};
    int place = all->count++;
    while (place > 0) {
        int parent = (place - 1) / 4;
        if (!before(&added, &all->items[parent])) break;
        all->items[place] = all->items[parent];
        place = parent;
    }
    all->items[place] = added;
}

static pending next(calendar *all) {
    pending first = all->items[0];
    pending moved = all->items[--all->count];
    int place = 0;
    for (;;) {
        int child = 4 * place + 1;
        if (child >= all->count) break;
        int end = child + 4 < all->count ? child + 4 : all->count;
        int least = child;
        for (int other = child + 1; other < end; other++) {
            if (before(&all->items[other], &all->items[least])) least = other;
        }
        if (!before(&all->items[least], &moved)) break;
        all->items[place] = all->items[least];
        place = least;
    }
    all->items[place] = moved;
    return first;
}

weir_loop_outcome weir_bare_tandem(int64_t cases, uint64_t seed) {
    const double gap = 100, service = 240;
    for (int word = 0; word < 4; word++) {
        seed += 0x9E3779B97F4A7C15u;
        uint64_t mixed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        state[word] = mixed ^ (mixed >> 31);
    }
    calendar all = {malloc(64 * sizeof(pending)), 0, 0};
    double *arrived = malloc((size_t)cases * sizeof(double));
    uint32_t *queues[2] = {malloc((size_t)cases * sizeof(uint32_t)), malloc((size_t)cases * sizeof(uint32_t))};
    int64_t heads[2] = {0, 0}, tails[2] = {0, 0};
    int busy[2] = {0, 0};
    int64_t made = 0, done = 0;
    weir_loop_outcome outcome = {0, 0};
    schedule(&all, exponential(gap), 0);
    while (done < cases) {
        pending event = next(&all);
        uint32_t station = event.what >> 30, number = event.what & 0x3fffffff;
        outcome.events++;
        int enters = -1;
        if (station == 0) {
            arrived[number] = event.time;
            if (++made < cases) schedule(&all, event.time + exponential(gap), (uint32_t)made);
            enters = 0;
        } else {
            int left = (int)station - 1;
            if (heads[left] < tails[left]) {
                schedule(&all, event.time + exponential(service), station << 30 | queues[left][heads[left]++]);
            } else {
                busy[left]--;
            }
            if (left == 0) {
                enters = 1;
            } else {
                outcome.mean_time += event.time - arrived[number];
                done++;
            }
        }
        if (enters >= 0) {
            if (busy[enters] < 3) {
                busy[enters]++;
                schedule(&all, event.time + exponential(service), (uint32_t)(enters + 1) << 30 | number);
            } else {
                queues[enters][tails[enters]++] = number;
            }
        }
    }
    outcome.mean_time /= (double)cases;
    free(all.items);
    free(arrived);
    free(queues[0]);
    free(queues[1]);
    return outcome;
}
