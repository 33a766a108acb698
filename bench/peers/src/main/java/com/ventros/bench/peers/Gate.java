package com.ventros.bench.peers;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds publishers back while a backlog gathers. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private volatile boolean closed;

    void close() {
        closed = true;
    }

    void open() {
        lock.lock();
        try {
            closed = false;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void pass() {
        if (!closed) return;
        lock.lock();
        try {
            while (closed) opened.awaitUninterruptibly();
        } finally {
            lock.unlock();
        }
    }
}
