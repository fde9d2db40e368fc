package org.aiis.conformance.worker;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aiis.conformance.backend.Backends;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.port.Backend;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;

/**
 * Workers that stimuli are shown to, one each at a time. A worker that dies, hangs or breaks the protocol gives that
 * observation, and the next stimulus meets a fresh process. Safe for many threads.
 */
public final class WorkerPool implements AutoCloseable {
    private static final long WEIGHED_MILLIS = 100;

    private final WorkerSettings settings;
    private final Exporter exporter;
    private final Path scratch;
    private final ScheduledThreadPoolExecutor timer;
    private final List<RemoteBackend> all = new ArrayList<>();
    private final BlockingDeque<RemoteBackend> idle = new LinkedBlockingDeque<>();
    private final Exchanging exchanging;
    private final Sut sut;
    private final List<Thread> starts = new ArrayList<>();
    private Optional<Future<?>> weighing = Optional.empty();
    private long weighed;

    private WorkerPool(WorkerSettings settings, Exporter exporter) {
        this.settings = settings;
        this.exporter = exporter;
        this.exchanging = Exchanging.of(settings.options());
        this.scratch = Scratch.create();
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "worker-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        OneSystem system = new OneSystem();
        AtomicInteger started = new AtomicInteger();
        for (int i = 0; i < settings.workers(); i++) {
            all.add(new RemoteBackend(settings, Canary.in(scratch, i), timer, system, new Seating(started)));
        }
        if (settings.memoryMiB() > 0) {
            weighing = Optional.of(
                    timer.scheduleWithFixedDelay(this::weigh, WEIGHED_MILLIS, WEIGHED_MILLIS, TimeUnit.MILLISECONDS));
        }
        try {
            this.sut = asked(all.get(0).describe());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        idle.add(all.get(0));
        all.stream().skip(1).forEach(this::add);
    }

    /**
     * One more worker. The suite's own comes up meanwhile, and is there when its first stimulus is. A foreign one, which may hold a
     * whole device, starts when a second stimulus comes before the first is done.
     */
    private void add(RemoteBackend worker) {
        if (!settings.command().isEmpty()) {
            idle.add(worker);
            return;
        }
        Thread start = new Thread(
                () -> {
                    try {
                        worker.describe();
                    } catch (InputException | UncheckedIOException e) {
                        // Its first stimulus starts it again, and tells why it does not.
                    } finally {
                        idle.add(worker);
                    }
                },
                "worker-start");
        start.setDaemon(true);
        start.start();
        starts.add(start);
    }

    /** Looking at one process is cheap; finding its descendants reads all of /proc. */
    private void weigh() {
        boolean withFamily = ++weighed % 10 == 0;
        all.forEach(worker -> worker.weigh(withFamily));
    }

    /** Starts a pool whose scripts export no models. */
    public static WorkerPool start(WorkerSettings settings) {
        return start(settings, Exporter.NONE);
    }

    /**
     * Starts the first worker and asks who it is.
     *
     * @throws org.aiis.spec.codec.InputException when no backend has that word, or it does not start
     */
    public static WorkerPool start(WorkerSettings settings, Exporter exporter) {
        if (settings.command().isEmpty()) {
            Backends.installed().check(settings.backend());
        }
        return new WorkerPool(settings, exporter);
    }

    /** A foreign worker does not know by which word it was asked for, and none knows of the server. */
    private Sut asked(Sut told) {
        SortedMap<String, String> properties = new TreeMap<>(told.properties());
        exchanging.server().ifPresent(server -> properties.put("server", server));
        return new Sut(
                told.name(),
                told.vendor(),
                told.version(),
                settings.command().isEmpty() ? told.backend() : settings.backend(),
                told.provider(),
                told.libraries(),
                properties);
    }

    /** The system under test, as the first worker described it. */
    public Sut sut() {
        return sut;
    }

    /** Shows a stimulus to the next free worker. */
    public Observation observe(Stimulus stimulus) {
        return show(stimulus).observation();
    }

    /** Shows a stimulus to the next free worker, and tells which process that was. */
    public Showing show(Stimulus stimulus) {
        return lent(worker -> shown(worker, stimulus))
                .orElseGet(() -> new Showing(
                        new Observation.NotDriven("the suite was interrupted while it waited for a worker"),
                        Optional.empty()));
    }

    /** Shows a stimulus to a fresh process that is shown nothing else before. */
    public Showing showAlone(Stimulus stimulus) {
        return lent(worker -> {
                    worker.refresh();
                    return shown(worker, stimulus);
                })
                .orElseGet(() -> new Showing(
                        new Observation.NotDriven("the suite was interrupted while it waited for a worker"),
                        Optional.empty()));
    }

    /**
     * Shows stimuli, one after the other, to one fresh process.
     *
     * @param goOn asked before each
     * @return how the process ended; empty when it is alive behind the last of them, or was not shown them all
     */
    public Optional<Ending> showInOrder(List<? extends Supplier<Stimulus>> stimuli, BooleanSupplier goOn) {
        return lent(worker -> {
                    worker.refresh();
                    for (int i = 0; i < stimuli.size() && goOn.getAsBoolean(); i++) {
                        Showing shown = shown(worker, stimuli.get(i).get());
                        int number = shown.seat().map(Seat::process).orElse(-1);
                        if (number >= 0 && !worker.lives(number)) {
                            return Optional.of(new Ending(i, shown.observation()));
                        }
                    }
                    return Optional.<Ending>empty();
                })
                .flatMap(ending -> ending);
    }

    private Showing shown(RemoteBackend worker, Stimulus stimulus) {
        worker.seating().begin();
        Observation seen = new Player(worker, exporter, settings.profiled(), exchanging).observe(stimulus);
        Optional<Seat> seat = worker.seating().seat();
        if (seat.isPresent() && !worker.lives(seat.get().process())) {
            worker.close(); // What was left behind a death met a process whose history would not tell of it.
        }
        return new Showing(worker.harm().orElse(seen), seat);
    }

    /** Lends the next free worker; empty when the suite is interrupted. */
    private <T> Optional<T> lent(Function<RemoteBackend, T> use) {
        RemoteBackend worker;
        try {
            worker = idle.takeFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(use.apply(worker));
        } finally {
            // The one used last comes first: it is warm.
            idle.addFirst(worker);
        }
    }

    /** Waits until none is coming up: one that came up behind an end would outlive it. */
    private void started() {
        try {
            for (Thread start : starts) {
                start.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends processes that were shown anything; to be asked for when none is at work. */
    public void refresh() {
        all.forEach(RemoteBackend::refresh);
    }

    /** Gives the next free worker to a conversation that decides each step by the answers before; its handles live as long. */
    public <T> T converse(Function<Backend, T> conversation) {
        return lent(worker -> {
                    try {
                        return conversation.apply(worker);
                    } finally {
                        worker.close(); // What it has left behind goes with its process.
                    }
                })
                .orElseThrow(() -> new IllegalStateException("interrupted while waiting for a worker"));
    }

    /** Remembers what workers hold now, before steps that may end them; to be asked for when none is at work. */
    public void noteMemory() {
        all.forEach(RemoteBackend::note);
    }

    /** The most memory that a worker was seen to hold, in MiB; to be asked for when none is at work. */
    public OptionalLong peakMemory() {
        return all.stream()
                .map(RemoteBackend::peakMemory)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
    }

    /** Ends all workers and deletes their scratch folders. */
    @Override
    public void close() {
        weighing.ifPresent(watch -> watch.cancel(false));
        started();
        all.forEach(RemoteBackend::close);
        timer.shutdownNow();
        Scratch.delete(scratch);
    }
}
