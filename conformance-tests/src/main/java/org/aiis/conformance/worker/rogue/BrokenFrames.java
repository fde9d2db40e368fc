package org.aiis.conformance.worker.rogue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.aiis.spec.testing.Observation;

/** Rogues that break the worker protocol in their frames. What they return after that is not read any more. */
final class BrokenFrames {
    private BrokenFrames() {}

    static List<Rogues.Named> all() {
        return List.of(
                named(
                        "wrong-crc",
                        "sends a frame whose checksum is wrong",
                        (scene, wire, right) -> wire.send(wire.wrongChecksum(wire.frame(scene.request(), right)))),
                named(
                        "wrong-size",
                        "sends a tensor whose bytes do not fit its shape",
                        (scene, wire, right) -> wire.send(wire.shortAttachment(scene.request(), "y"))),
                named("garbage", "sends noise in place of a frame", (scene, wire, right) -> wire.send(noise())),
                named(
                        "oversized",
                        "sends a frame that says it is two gigabytes long",
                        (scene, wire, right) -> wire.send(wire.oversized(wire.frame(scene.request(), right)))),
                named("long-header", "sends a header of 100 MB", (scene, wire, right) -> {
                    wire.send(wire.preamble(104_857_600 + 8));
                    wire.send(new byte[] {0, 0, 0x40, 6});
                }),
                named("half-a-frame", "leaves in the middle of a frame", (scene, wire, right) -> {
                    byte[] frame = wire.frame(scene.request(), right);
                    wire.send(java.util.Arrays.copyOf(frame, frame.length / 2));
                    Runtime.getRuntime().halt(7);
                }),
                named(
                        "other-id",
                        "answers a request that was not made",
                        (scene, wire, right) -> wire.send(wire.frame(scene.request() + 1000, right))),
                named("twice", "answers twice", (scene, wire, right) -> wire.send(wire.frame(scene.request(), right))),
                named(
                        "late",
                        "answers an hour after it was asked",
                        (scene, wire, right) -> LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1))));
    }

    private interface Deed {
        void send(Rogue.Scene scene, Wire wire, Observation right);
    }

    private static Rogues.Named named(String name, String summary, Deed deed) {
        return new Rogues.Named(
                name,
                summary,
                () -> Rogue.atRun((scene, right) -> {
                    deed.send(scene, scene.wire(), right);
                    return right;
                }));
    }

    private static byte[] noise() {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
