package org.aiis.spec.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/** Digests of stimuli, stable over releases: the lock file and evidence hold them. */
final class Digests {
    private Digests() {}

    static String of(List<String> parts) {
        return Bytes.sha256(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }

    static String of(Step step) {
        List<String> parts = new ArrayList<>();
        if (step instanceof Step.Load s) {
            parts.addAll(List.of("load", s.model(), s.bytes().sha256(), Boolean.toString(s.profiled())));
            if (s.timed()) {
                parts.add("timed");
            }
        } else if (step instanceof Step.LoadExported s) {
            parts.addAll(List.of(
                    "load-exported",
                    s.model(),
                    s.template().sha256(),
                    s.initializers().toString()));
        } else if (step instanceof Step.Put s) {
            parts.addAll(List.of("put", s.tensor(), s.value().digest()));
        } else if (step instanceof Step.Run s) {
            parts.addAll(
                    List.of("run", s.model(), s.keep().toString(), s.fetch().toString()));
            s.inputs().forEach((name, feed) -> parts.add(name + " " + of(feed)));
        } else if (step instanceof Step.Get s) {
            parts.addAll(List.of("get", s.tensor()));
        } else if (step instanceof Step.Drop s) {
            parts.addAll(List.of("drop", s.tensor()));
        } else if (step instanceof Step.Close s) {
            parts.addAll(List.of("close", s.model()));
        } else if (step instanceof Step.Measure s) {
            parts.addAll(List.of("measure", s.model(), s.settings().toString()));
            for (Map<String, Tensor> sample : s.samples()) {
                sample.forEach((name, tensor) -> parts.add(name + " " + tensor.digest()));
            }
        } else if (step instanceof Step.Together s) {
            parts.addAll(List.of("together", Integer.toString(s.times())));
            s.steps().forEach(each -> parts.add(of(each)));
        } else if (step instanceof Step.Cycle s) {
            parts.addAll(
                    List.of("cycle", s.bytes().sha256(), Integer.toString(s.cycles()), Integer.toString(s.every())));
            s.inputs().forEach((name, tensor) -> parts.add(name + " " + tensor.digest()));
        } else if (step instanceof Step.Cancel s) {
            parts.addAll(List.of("cancel", Integer.toString(s.afterMillis()), of(s.run())));
        } else if (step instanceof Step.Compile s) {
            parts.addAll(List.of("compile", s.tensor(), s.bytes().sha256()));
        } else if (step instanceof Step.Restore s) {
            parts.addAll(List.of("restore", s.model(), s.tensor()));
        } else if (step instanceof Step.Exchange s) {
            parts.addAll(List.of("exchange", Boolean.toString(s.atOnce())));
            s.models().forEach((name, model) -> parts.add(name + " " + model.sha256()));
            s.calls()
                    .forEach(c -> parts.add(c.method() + " " + c.path() + " " + c.headers() + " "
                            + c.body().sha256()));
        } else if (step instanceof Step.LoadFolder s) {
            parts.addAll(List.of("load-folder", s.model(), s.path()));
            s.files().forEach((file, bytes) -> parts.add(file + " " + bytes.sha256()));
        } else if (step instanceof Step.LoadPath s) {
            parts.addAll(List.of("load-path", s.model(), s.path(), Boolean.toString(s.profiled())));
        }
        return of(parts);
    }

    private static String of(Step.Feed feed) {
        return feed instanceof Step.Feed.Inline inline
                ? inline.tensor().digest()
                : "kept " + ((Step.Feed.Kept) feed).tensor();
    }
}
