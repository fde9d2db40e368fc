package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtEpDevice;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.aiis.spec.codec.InputException;

/** The devices that a plug-in offers, and the choice of one: by number, by kind, or by the name of the provider. */
final class Devices {
    private Devices() {}

    /**
     * The device meant.
     *
     * @param words by which a device can be asked for
     * @param asked {@code 1}, {@code gpu}, {@code GPU}, {@code ExampleExecutionProvider}
     * @param origin the library that errors name
     */
    static <D> D choose(List<D> devices, Function<D, List<String>> words, String asked, String origin) {
        if (devices.isEmpty()) {
            throw InputException.of(
                    origin + " loads, and offers no device on this machine",
                    "see the vendor's text for what it needs: a driver, a GPU, a layer of Vulkan");
        }
        if (asked.matches("[0-9]{1,4}") && Integer.parseInt(asked) < devices.size()) {
            return devices.get(Integer.parseInt(asked));
        }
        return devices.stream()
                .filter(device -> words.apply(device).contains(asked.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> InputException.at(
                        "option device",
                        0,
                        "a number below " + devices.size() + ", or one of "
                                + devices.stream()
                                        .flatMap(device -> words.apply(device).stream())
                                        .distinct()
                                        .toList(),
                        "'" + asked + "'"));
    }

    /** The kind of the hardware and the name of the provider. */
    static List<String> words(OrtEpDevice device) {
        return List.of(
                device.getDevice().getType().name().toLowerCase(Locale.ROOT),
                device.getEpName().toLowerCase(Locale.ROOT));
    }

    static String described(OrtEpDevice device) {
        var hardware = device.getDevice();
        return device.getEpName() + " on " + hardware.getType() + " " + hardware.getVendor() + " "
                + String.format(Locale.ROOT, "%04x:%04x", hardware.getVendorId(), hardware.getDeviceId());
    }
}
