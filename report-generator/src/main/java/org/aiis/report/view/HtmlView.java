package org.aiis.report.view;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import org.aiis.spec.tensor.Bytes;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.runtime.RuntimeConstants;

/** The report as one page that asks for nothing from outside. */
final class HtmlView {
    private static final String FOLDER = "org/aiis/report/view/";

    private HtmlView() {}

    static byte[] render(Page page) {
        VelocityContext context = new VelocityContext();
        context.put("page", page);
        context.put("csp", policy());
        EventCartridge cartridge = new EventCartridge();
        cartridge.addEventHandler(new EscapeReferences());
        cartridge.attachToContext(context);
        StringWriter out = new StringWriter();
        engine().getTemplate(FOLDER + "report.vm", "UTF-8").merge(context, out);
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
    private static String policy() {
        return "default-src 'none'; style-src '" + hash("report.css") + "'; script-src '" + hash("report.js")
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String resource) {
        byte[] text = org.aiis.spec.standard.StandardReader.resource("/" + FOLDER + resource)
                .getBytes(StandardCharsets.UTF_8);
        return "sha256-" + Base64.getEncoder().encodeToString(Bytes.newSha256().digest(text));
    }
}
