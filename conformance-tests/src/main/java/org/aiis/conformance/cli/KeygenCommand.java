package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aiis.report.certificate.Role;
import org.aiis.report.certificate.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis keygen}. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description =
                "Makes an Ed25519 key pair: STEM.key.json, for its owner alone, and STEM.pub.json for trust lists.",
        footer = {
            "",
            "An evaluation key signs a supplier's declaration, a decision key a certificate; who evaluates does not",
            "decide (ISO/IEC 17065), so they are two keys.",
            "",
            "  aiis keygen --role evaluation --name 'Example Ltd' --out example"
        })
final class KeygenCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--role", required = true, paramLabel = "evaluation|decision", description = "What it may sign.")
    Role role = Role.EVALUATION;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Who holds it: the organisation.")
    String name = "";

    @Option(names = "--out", paramLabel = "STEM", description = "File names begin with this. Default: the role.")
    Path out = Path.of("");

    @Override
    public Integer call() {
        Path stem = out.toString().isEmpty() ? Path.of(role.word()) : out;
        SigningKey key = SigningKey.generate(stem, role, name);
        PrintWriter console = spec.commandLine().getOut();
        console.println("private  " + SigningKey.privateFile(stem) + "  (keep it to yourself)");
        console.println("public   " + SigningKey.publicFile(stem));
        console.println("key id   " + key.verification().id());
        console.flush();
        return 0;
    }
}
