/* The broken twins of the provider, by the value of its option "broken". */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "sample.h"

static const char* const WORDS[BROKEN_COUNT] = {
    "no",          "wrong-value",  "wrong-shape", "rounded-inputs", "crash-in-load", "crash-in-run",
    "hang-in-load", "hang-in-run", "claims-nothing", "leaves-matmul", "refuses"};

OrtStatus* broken_named(const char* word, Broken* broken) {
  for (int i = 0; i < BROKEN_COUNT; i++) {
    if (strcmp(word, WORDS[i]) == 0) {
      *broken = (Broken)i;
      return NULL;
    }
  }
  char why[512];
  int used = snprintf(why, sizeof why, "option broken of the sample provider: '%.64s' is none of", word);
  for (int i = 0; i < BROKEN_COUNT && used > 0 && (size_t)used < sizeof why; i++) {
    used += snprintf(why + used, sizeof why - (size_t)used, " %s", WORDS[i]);
  }
  return sample_refused(why);
}

void broken_hang(void) {
  for (;;) pause();
}

/* A true fault of memory, not a signal sent to itself. */
void broken_crash(void) {
  volatile int* nowhere = NULL;
  *nowhere = 1;
}
