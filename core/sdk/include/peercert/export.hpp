#pragma once

/// Marks what must be visible across the boundary between the host and its plugins.
#define PEERCERT_EXPORT __attribute__((visibility("default")))
