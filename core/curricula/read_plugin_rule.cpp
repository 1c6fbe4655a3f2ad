#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>
#include <peercert/plugin.hpp>

#include "curricula/reading.hpp"

namespace peercert::curricula {

RequirementBody read_plugin_rule(Reading& reading, const Pair& kind) {
    PluginRule rule{kind.key, reading.parameters(kind.value)};
    const std::string plugin = kind.key.substr(0, kind.key.find(':'));
    const auto& uses = reading.edition.uses;
    if (std::find(uses.begin(), uses.end(), plugin) == uses.end())
        reading.wrong(kind, "\"" + kind.key + "\" is a word of the plugin " + plugin + "; write \"uses: [" + plugin +
                                "]\" at the head of the file");
    if (reading.kinds == nullptr)
        return rule;
    const RequirementKind* known = reading.kinds->kind(kind.key);
    if (known == nullptr) {
        const std::string near = nearest(kind.key, reading.kinds->kind_names());
        reading.wrong(kind, "no plugin brings \"" + kind.key + "\"" +
                                (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
        return rule;
    }
    try {
        known->check(rule.parameters);
    } catch (const Error& refused) {
        std::string sentence = refused.what();
        if (sentence.starts_with(rule.parameters.place + ": "))
            sentence.erase(0, rule.parameters.place.size() + 2);
        reading.wrong(kind.value, sentence);
    }
    return rule;
}

} // namespace peercert::curricula
