/* The doors of the library: two that ONNX Runtime looks for in a plug-in, and one for where plug-ins are not an option. */
#include <dlfcn.h>

#include "sample.h"

#define EXPORT __attribute__((visibility("default")))

SampleCore sample_core;

OrtStatus* sample_refused(const char* why) { return sample_core.ort->CreateStatus(ORT_FAIL, why); }

static const char* ORT_API_CALL name(const OrtEpFactory* this_ptr) {
  (void)this_ptr;
  return SAMPLE_NAME;
}

static const char* ORT_API_CALL vendor(const OrtEpFactory* this_ptr) {
  (void)this_ptr;
  return SAMPLE_VENDOR;
}

static const char* ORT_API_CALL version(const OrtEpFactory* this_ptr) {
  (void)this_ptr;
  return SAMPLE_VERSION;
}

static uint32_t ORT_API_CALL vendor_id(const OrtEpFactory* this_ptr) {
  (void)this_ptr;
  return 0; /* no number of the PCI-SIG */
}

/* Its device is the processor: the first that ONNX Runtime offers of that kind. */
static OrtStatus* ORT_API_CALL devices(OrtEpFactory* this_ptr, const OrtHardwareDevice* const* offered, size_t count,
                                       OrtEpDevice** made, size_t most, size_t* number) {
  *number = 0;
  for (size_t i = 0; i < count && *number == 0 && most > 0; i++) {
    if (sample_core.ort->HardwareDevice_Type(offered[i]) == OrtHardwareDeviceType_CPU) {
      TRY(sample_core.ep->CreateEpDevice(this_ptr, offered[i], NULL, NULL, &made[0]));
      *number = 1;
    }
  }
  return NULL;
}

/* Options of a provider stand in those of the session, under "ep.", its name in small letters, and a dot. */
static OrtStatus* ORT_API_CALL create(OrtEpFactory* this_ptr, const OrtHardwareDevice* const* on,
                                      const OrtKeyValuePairs* const* metadata, size_t count,
                                      const OrtSessionOptions* options, const OrtLogger* logger, OrtEp** ep) {
  (void)this_ptr;
  (void)on;
  (void)metadata;
  (void)count;
  (void)logger;
  const char* key = "ep.sampleexecutionprovider.broken";
  char word[65] = "no";
  size_t size = sizeof word;
  int given;
  Broken broken;
  TRY(sample_core.ort->HasSessionConfigEntry(options, key, &given));
  if (given) TRY(sample_core.ort->GetSessionConfigEntry(options, key, word, &size));
  TRY(broken_named(word, &broken));
  return provider_make(broken, ep);
}

static void ORT_API_CALL release(OrtEpFactory* this_ptr, OrtEp* ep) {
  (void)this_ptr;
  provider_free(ep);
}

/* All memory is the processor's: ONNX Runtime's own allocator does, and nothing has to be copied. */
static OrtStatus* ORT_API_CALL allocator(OrtEpFactory* this_ptr, const OrtMemoryInfo* info, const OrtKeyValuePairs* options,
                                         OrtAllocator** made) {
  (void)this_ptr;
  (void)info;
  (void)options;
  *made = NULL;
  return NULL;
}

static void ORT_API_CALL release_allocator(OrtEpFactory* this_ptr, OrtAllocator* made) {
  (void)this_ptr;
  (void)made;
}

static OrtStatus* ORT_API_CALL transfer(OrtEpFactory* this_ptr, OrtDataTransferImpl** made) {
  (void)this_ptr;
  *made = NULL;
  return NULL;
}

static bool ORT_API_CALL streams(const OrtEpFactory* this_ptr) {
  (void)this_ptr;
  return false;
}

static OrtEpFactory factory = {
    .ort_version_supported = SAMPLE_API_VERSION,
    .GetName = name,
    .GetVendor = vendor,
    .GetSupportedDevices = devices,
    .CreateEp = create,
    .ReleaseEp = release,
    .GetVendorId = vendor_id,
    .GetVersion = version,
    .CreateAllocator = allocator,
    .ReleaseAllocator = release_allocator,
    .CreateDataTransfer = transfer,
    .IsStreamAware = streams,
};

EXPORT OrtStatus* CreateEpFactories(const char* registered_name, const OrtApiBase* base, const OrtLogger* logger,
                                    OrtEpFactory** factories, size_t most, size_t* number) {
  (void)registered_name;
  (void)logger;
  sample_core.ort = base->GetApi(SAMPLE_API_VERSION);
  if (sample_core.ort == NULL) return base->GetApi(1)->CreateStatus(ORT_FAIL, "older than ONNX Runtime 1.23");
  sample_core.ep = sample_core.ort->GetEpApi();
  if (most < 1) return sample_refused("no room for a factory");
  factories[0] = &factory;
  *number = 1;
  return NULL;
}

EXPORT OrtStatus* ReleaseEpFactory(OrtEpFactory* released) {
  (void)released; /* It is part of the library. */
  return NULL;
}

/*
 * The door for callers that can register libraries of custom operators alone: registers this library as a plug-in, once, and
 * appends its provider to the options of the session. ONNX Runtime hands out one environment for a process.
 */
EXPORT OrtStatus* RegisterCustomOps(OrtSessionOptions* options, const OrtApiBase* base) {
  static OrtEnv* environment = NULL;
  const OrtApi* ort = base->GetApi(SAMPLE_API_VERSION);
  if (ort == NULL) return base->GetApi(1)->CreateStatus(ORT_FAIL, "older than ONNX Runtime 1.23");
  if (environment == NULL) {
    Dl_info here;
    if (!dladdr(&sample_core, &here)) return ort->CreateStatus(ORT_FAIL, "this library cannot tell where it lies");
    TRY(ort->CreateEnv(ORT_LOGGING_LEVEL_FATAL, "sample", &environment));
    TRY(ort->RegisterExecutionProviderLibrary(environment, "sample", here.dli_fname));
  }
  const OrtEpDevice* const* offered;
  size_t count;
  TRY(ort->GetEpDevices(environment, &offered, &count));
  for (size_t i = 0; i < count; i++) {
    if (strcmp(ort->EpDevice_EpName(offered[i]), SAMPLE_NAME) == 0) {
      return ort->SessionOptionsAppendExecutionProvider_V2(options, environment, &offered[i], 1, NULL, NULL, 0);
    }
  }
  return ort->CreateStatus(ORT_FAIL, "ONNX Runtime does not list the sample provider's device");
}
