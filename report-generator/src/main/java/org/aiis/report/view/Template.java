package org.aiis.report.view;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.Bytes;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.runtime.RuntimeConstants;

/**
 * A template of a page. It sees {@code page}, what the page says, and {@code csp}, its content security policy.
 *
 * @param name of the template
 * @param styles style sheets that it includes
 * @param script that it includes
 */
record Template(String name, List<String> styles, String script) {
    private static final String FOLDER = "org/aiis/report/view/";

    Template {
        styles = List.copyOf(styles);
    }

    byte[] render(Object page) {
        VelocityContext context = new VelocityContext();
        context.put("page", page);
        context.put("csp", policy());
        EventCartridge cartridge = new EventCartridge();
        cartridge.addEventHandler(new EscapeReferences());
        cartridge.attachToContext(context);
        StringWriter out = new StringWriter();
        engine().getTemplate(FOLDER + name, "UTF-8").merge(context, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static VelocityEngine engine() {
        Properties settings = new Properties();
        settings.setProperty(RuntimeConstants.RESOURCE_LOADERS, "class");
        settings.setProperty(
                "resource.loader.class.class", "org.apache.velocity.runtime.resource.loader.ClasspathResourceLoader");
        settings.setProperty(RuntimeConstants.VM_LIBRARY, FOLDER + "macros.vm");
        settings.setProperty(RuntimeConstants.RUNTIME_REFERENCES_STRICT, "true");
        settings.setProperty(RuntimeConstants.SPACE_GOBBLING, "lines");
        settings.setProperty(
                RuntimeConstants.UBERSPECT_CLASSNAME, "org.apache.velocity.util.introspection.SecureUberspector");
        return new VelocityEngine(settings);
    }

    /** Nothing may be fetched, and only the page's own style and script run. */
    private String policy() {
        return "default-src 'none'; style-src "
                + styles.stream().map(Template::hash).collect(Collectors.joining(" ")) + "; script-src " + hash(script)
                + "; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String resource) {
        byte[] text = StandardReader.resource("/" + FOLDER + resource).getBytes(StandardCharsets.UTF_8);
        return "'sha256-" + Base64.getEncoder().encodeToString(Bytes.newSha256().digest(text)) + "'";
    }
}
