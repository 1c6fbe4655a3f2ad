#pragma once

#include <map>
#include <string>

#include <peercert/error.hpp>

namespace peercert::plugin_host {

/// What must be one plugin's alone: its id, kinds, clocks and folders of files.
class Names {
public:
    /// Throws Error{plugin_failure} naming both when somebody has it already.
    void claim(const std::string& what, const std::string& name, const std::string& where) {
        const auto [found, fresh] = owners_.emplace(what + " " + name, where);
        if (!fresh && found->second != where)
            throw Error(ErrorCode::plugin_failure, where + ": its " + what + " \"" + name + "\" is taken by " +
                                                       found->second +
                                                       "; one of the two goes: peercert plugin distrust FILE");
    }

private:
    std::map<std::string, std::string> owners_;
};

} // namespace peercert::plugin_host
