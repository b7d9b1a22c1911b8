package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.MachineTime;
import dev.hookswitch.benchmarks.process.Message;
import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * What the processes showed at the beginning and at the end of a window.
 *
 * @param machineFrom of the processors
 * @param machineTo of the processors
 * @param before of the contender, at the end of the window before, or at its start
 * @param from of the contender
 * @param to of the contender
 */
record Window(
        MachineTime machineFrom,
        MachineTime machineTo,
        Message before,
        Message from,
        Message to,
        Message receiverFrom,
        Message receiverTo,
        Message brokerFrom,
        Message brokerTo) {

    /**
     * Measures a contender that is under full load.
     *
     * @param before as of the record
     * @param requests how many it may make at the most, by its figures at the beginning; the window ends before
     */
    static Window measure(
            Duration duration,
            ChildProcess broker,
            ChildProcess receiver,
            ChildProcess contender,
            Message before,
            ToLongFunction<Message> requests)
            throws InterruptedException {
        MachineTime machineFrom = MachineTime.now();
        Message brokerFrom = broker.mark();
        Message receiverFrom = receiver.mark();
        Message from = contender.mark();
        long most = requests.applyAsLong(from);
        UnderLoad.pause(duration, receiver, receiverFrom.number("done") + most);
        Message to = contender.mark();
        Message receiverTo = receiver.mark();
        Message brokerTo = broker.mark();
        return new Window(
                machineFrom, MachineTime.now(), before, from, to, receiverFrom, receiverTo, brokerFrom, brokerTo);
    }

    /** The part of the processors' time that the hypervisor gave to others. */
    double stolenShare() {
        return machineTo.stolenShareSince(machineFrom);
    }

    double seconds() {
        return difference(from, to, "nanos") / 1e9;
    }

    double cpuSeconds() {
        return difference(from, to, "cpuNanos") / 1e9;
    }

    double jitSeconds() {
        return difference(from, to, "jitMs") / 1e3;
    }

    double receiverCpuSeconds() {
        return difference(receiverFrom, receiverTo, "cpuNanos") / 1e9;
    }

    double brokerCpuSeconds() {
        return difference(brokerFrom, brokerTo, "cpuNanos") / 1e9;
    }

    long done() {
        return difference(from, to, "done");
    }

    /** How much a figure of the contender grew since the window before. */
    long sinceBefore(String key) {
        return difference(before, to, key);
    }

    double rssMib() {
        return to.number("rssKib") / 1024.0;
    }

    private static long difference(Message before, Message after, String key) {
        return after.number(key) - before.number(key);
    }
}
