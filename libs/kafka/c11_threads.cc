// librdkafka uses the threads of C11, which ThreadSanitizer does not know; those of POSIX it knows.
// In glibc both are the same underneath, so that these stand in for its own. Linked into programs
// that the sanitizer watches, and no others.
#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <memory>

namespace {

struct Start {
    thrd_start_t function;
    void* argument;
};

void* Run(void* given) {
    const std::unique_ptr<Start> start(static_cast<Start*>(given));
    start->function(start->argument);
    return nullptr;
}

pthread_mutex_t* Posix(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }
pthread_cond_t* Posix(cnd_t* condition) { return reinterpret_cast<pthread_cond_t*>(condition); }
int Outcome(int error) { return error == 0 ? thrd_success : thrd_error; }

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
    return Outcome(pthread_create(thread, nullptr, Run, new Start{function, argument}));
}
int thrd_join(thrd_t thread, int* result) {
    if (result != nullptr) *result = 0;  // Nobody returns anything else.
    return Outcome(pthread_join(thread, nullptr));
}
int thrd_detach(thrd_t thread) { return Outcome(pthread_detach(thread)); }

int mtx_init(mtx_t* mutex, int type) {
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    if ((type & mtx_recursive) != 0) pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
    const int error = pthread_mutex_init(Posix(mutex), &kind);
    pthread_mutexattr_destroy(&kind);
    return Outcome(error);
}
int mtx_lock(mtx_t* mutex) { return Outcome(pthread_mutex_lock(Posix(mutex))); }
int mtx_trylock(mtx_t* mutex) {
    return pthread_mutex_trylock(Posix(mutex)) == 0 ? thrd_success : thrd_busy;
}
int mtx_unlock(mtx_t* mutex) { return Outcome(pthread_mutex_unlock(Posix(mutex))); }
void mtx_destroy(mtx_t* mutex) { pthread_mutex_destroy(Posix(mutex)); }

int cnd_init(cnd_t* condition) { return Outcome(pthread_cond_init(Posix(condition), nullptr)); }
int cnd_signal(cnd_t* condition) { return Outcome(pthread_cond_signal(Posix(condition))); }
int cnd_broadcast(cnd_t* condition) { return Outcome(pthread_cond_broadcast(Posix(condition))); }
int cnd_wait(cnd_t* condition, mtx_t* mutex) {
    return Outcome(pthread_cond_wait(Posix(condition), Posix(mutex)));
}
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
    const int error = pthread_cond_timedwait(Posix(condition), Posix(mutex), until);
    return error == ETIMEDOUT ? thrd_timedout : Outcome(error);
}
void cnd_destroy(cnd_t* condition) { pthread_cond_destroy(Posix(condition)); }

}  // extern "C"
