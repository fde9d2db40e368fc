package org.aiis.conformance.backend.ort;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.elf.HookLibrary;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/**
 * The execution providers that can be asked for. Places of functions: onnxruntime_c_api.h of 1.29, {@code struct OrtApi}; the
 * names are those of onnxruntime/core/graph/constants.h.
 */
final class Providers {
    /** Of the interface: the one that the Java binding itself asks for. */
    private static final int INTERFACE = 23;

    static final Provider CPU = new Provider(
            "cpu", "CPUExecutionProvider", "the processor", List.of(), List.of(), List.of(), new Provider.BuiltIn());

    private static final List<Provider> ALL = List.of(
            CPU,
            new Provider(
                    "cuda",
                    "CUDAExecutionProvider",
                    "GPUs of NVIDIA",
                    List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda"),
                    List.of(),
                    List.of(
                            "device_id",
                            "gpu_mem_limit",
                            "arena_extend_strategy",
                            "cudnn_conv_algo_search",
                            "do_copy_in_default_stream",
                            "cudnn_conv_use_max_workspace",
                            "cudnn_conv1d_pad_to_nc1d",
                            "enable_cuda_graph",
                            "tunable_op_enable",
                            "tunable_op_tuning_enable",
                            "enable_skip_layer_norm_strict_mode",
                            "prefer_nhwc",
                            "use_tf32",
                            "fuse_conv_bias",
                            "sdpa_kernel"),
                    new Provider.Hook(new HookLibrary.Call(INTERFACE, 205, 206, 204, 208))),
            new Provider(
                    "tensorrt",
                    "TensorrtExecutionProvider",
                    "GPUs of NVIDIA through TensorRT",
                    List.of("onnxruntime_providers_shared", "onnxruntime_providers_tensorrt"),
                    List.of(),
                    List.of(
                            "device_id",
                            "trt_max_workspace_size",
                            "trt_max_partition_iterations",
                            "trt_min_subgraph_size",
                            "trt_fp16_enable",
                            "trt_bf16_enable",
                            "trt_int8_enable",
                            "trt_builder_optimization_level",
                            "trt_engine_cache_enable",
                            "trt_engine_cache_path",
                            "trt_timing_cache_enable",
                            "trt_timing_cache_path",
                            "trt_force_sequential_engine_build"),
                    new Provider.Hook(new HookLibrary.Call(INTERFACE, 171, 172, 170, 174))),
            new Provider(
                    "openvino",
                    "OpenVINOExecutionProvider",
                    "processors and GPUs through OpenVINO",
                    List.of("onnxruntime_providers_shared", "onnxruntime_providers_openvino"),
                    List.of(),
                    List.of(
                            "device_type",
                            "precision",
                            "num_of_threads",
                            "num_streams",
                            "cache_dir",
                            "load_config",
                            "enable_qdq_optimizer",
                            "disable_dynamic_shapes",
                            "reshape_input",
                            "layout"),
                    new Provider.Hook(new HookLibrary.Call(INTERFACE, 0, 0, 275, 0))),
            new Provider(
                    "dnnl",
                    "DnnlExecutionProvider",
                    "processors through oneDNN",
                    List.of("onnxruntime_providers_shared", "onnxruntime_providers_dnnl"),
                    List.of(),
                    List.of("use_arena"),
                    new Provider.Hook(new HookLibrary.Call(INTERFACE, 240, 241, 239, 243))),
            new Provider(
                    "rocm",
                    "ROCMExecutionProvider",
                    "GPUs of AMD; releases before 1.23 have it",
                    List.of("onnxruntime_providers_shared", "onnxruntime_providers_rocm"),
                    List.of(),
                    List.of("device_id", "gpu_mem_limit", "arena_extend_strategy"),
                    new Provider.Hook(new HookLibrary.Call(INTERFACE, 255, 256, 153, 258))),
            new Provider(
                    "cann",
                    "CANNExecutionProvider",
                    "NPUs of Huawei",
                    List.of("onnxruntime_providers_shared", "onnxruntime_providers_cann"),
                    List.of(),
                    List.of("device_id", "npu_mem_limit", "arena_extend_strategy", "precision_mode"),
                    new Provider.Hook(new HookLibrary.Call(INTERFACE, 221, 222, 220, 224))),
            new Provider(
                    "vitisai",
                    "VitisAIExecutionProvider",
                    "NPUs of AMD",
                    List.of("onnxruntime_providers_shared", "onnxruntime_providers_vitisai"),
                    List.of(),
                    List.of("config_file", "cache_dir", "cache_key"),
                    new Provider.Hook(new HookLibrary.Call(INTERFACE, 0, 0, 276, 0))),
            new Provider(
                    "plugin",
                    "",
                    "a vendor's plug-in library, with its default device or the one chosen by number, kind or name",
                    List.of(),
                    List.of("library", "name", "device"),
                    List.of(),
                    new Provider.PlugIn()),
            new Provider(
                    "custom",
                    "",
                    "a vendor's library whose RegisterCustomOps appends its provider; name is what placement calls it",
                    List.of(),
                    List.of("library", "name"),
                    List.of(),
                    new Provider.Custom()),
            method(
                    "coreml",
                    "CoreMLExecutionProvider",
                    "macOS and iOS",
                    List.of("ModelFormat", "MLComputeUnits", "RequireStaticInputShapes", "EnableOnSubgraphs"),
                    (session, options) -> session.addCoreML(options)),
            method(
                    "xnnpack",
                    "XnnpackExecutionProvider",
                    "processors through XNNPACK",
                    List.of("intra_op_num_threads"),
                    (session, options) -> session.addXnnpack(options)),
            method(
                    "qnn",
                    "QNNExecutionProvider",
                    "NPUs of Qualcomm",
                    List.of(
                            "backend_path",
                            "backend_type",
                            "htp_performance_mode",
                            "soc_model",
                            "htp_arch",
                            "device_id"),
                    (session, options) -> session.addQnn(options)),
            method(
                    "webgpu",
                    "WebGpuExecutionProvider",
                    "GPUs through Dawn, built into the core; see ort:plugin for the plug-in",
                    List.of("deviceId", "preferredLayout", "enableGraphCapture", "dawnBackendType", "powerPreference"),
                    (session, options) -> session.addWebGPU(options)),
            method(
                    "directml",
                    "DmlExecutionProvider",
                    "GPUs of Windows",
                    List.of("device_id"),
                    (session, options) -> session.addDirectML(number(options, "device_id"))),
            method("nnapi", "NnapiExecutionProvider", "Android", List.of(), (session, options) -> session.addNnapi()),
            method(
                    "acl",
                    "ACLExecutionProvider",
                    "processors of Arm through the Arm Compute Library",
                    List.of("enable_fast_math"),
                    (session, options) -> session.addACL(number(options, "enable_fast_math") != 0)),
            method(
                    "tvm",
                    "TvmExecutionProvider",
                    "TVM; releases before 1.20 have it",
                    List.of("settings"),
                    (session, options) -> session.addTvm(options.getOrDefault("settings", ""))));

    private Providers() {}

    /** All, by word. */
    static SortedMap<String, Provider> byWord() {
        SortedMap<String, Provider> byWord = new TreeMap<>();
        ALL.forEach(provider -> byWord.put(provider.word(), provider));
        return byWord;
    }

    static Provider named(String word) {
        Provider provider = byWord().get(word);
        if (provider == null) {
            throw InputException.of(
                    "ONNX Runtime has no execution provider '" + word + "'", Nearest.hint(word, byWord().keySet()));
        }
        return provider;
    }

    private static Provider method(
            String word, String name, String device, List<String> options, Provider.Method.Call call) {
        return new Provider(word, name, device, List.of(), List.of(), options, new Provider.Method(call));
    }

    private static int number(Map<String, String> options, String name) {
        String text = options.getOrDefault(name, "0");
        if (!text.matches("[0-9]{1,9}")) {
            throw InputException.at("option " + name, 0, "a number", "'" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
