#pragma once

#include <chrono>
#include <functional>
#include <string>

/// A piece of work in a process of its own, so that whatever it does ends there.
namespace peercert::plugin_host {

/// What the child can tell: whole lines, sent at once so that they arrive though it dies right after.
class Reporter {
public:
    explicit Reporter(int descriptor) : descriptor_(descriptor) {}
    /// One line; line ends within become blanks.
    void say(const std::string& line) const;

private:
    int descriptor_;
};

struct ChildEnd {
    enum class How { exited, killed, too_slow, too_much } how{How::exited};
    int number{0};      ///< exit status or signal
    std::string report; ///< what it told, as lines
    std::string said;   ///< the start of what it printed
};

/// Forks, runs `work` in the child and waits for it, at most until the deadline; then everything in its process group
/// is killed. The child gets no input, keeps no core file, writes no file and dies with its parent. Call it while this
/// process has one thread. Throws Error{unavailable} when no process can be made.
ChildEnd run_in_child(const std::function<void(const Reporter&)>& work, std::chrono::milliseconds deadline);

} // namespace peercert::plugin_host
