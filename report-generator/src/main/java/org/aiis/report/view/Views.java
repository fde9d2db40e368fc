package org.aiis.report.view;

import java.nio.charset.StandardCharsets;
import org.aiis.report.rollup.Proofs;
import org.aiis.spec.port.Rejudge;

/** All views of a run, the same bytes from the same evidence. */
public final class Views {
    private Views() {}

    /** Takes a file of a view as it is made. */
    @FunctionalInterface
    public interface Sink {
        void file(String path, byte[] content);
    }

    public static void render(Subject subject, Rejudge rejudge, Sink sink) {
        Proofs proofs = Proofs.of(subject.standard(), subject.inputs(), subject.evidence(), rejudge);
        sink.file("views/report.html", HtmlView.render(new PageBuilder(subject, proofs).build()));
        sink.file("views/junit.xml", JunitView.render(subject, rejudge).getBytes(StandardCharsets.UTF_8));
        AllureView allure = new AllureView(subject, rejudge);
        allure.groups()
                .forEach((requirement, cases) -> sink.file(
                        AllureView.path(requirement),
                        allure.render(requirement, cases).getBytes(StandardCharsets.UTF_8)));
        Reproductions.render(subject, rejudge, sink);
    }
}
