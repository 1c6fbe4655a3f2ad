#include "cli/wiring.hpp"

namespace peercert::cli {

Wiring::Wiring(Values given) : given_(std::move(given)) {}
Wiring::~Wiring() = default;

const Settings& Wiring::settings() {
    if (!settings_)
        settings_ = settings_for(given_);
    return *settings_;
}

} // namespace peercert::cli
