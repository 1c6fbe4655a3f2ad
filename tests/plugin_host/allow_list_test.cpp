#include "plugin_host/allow_list.hpp"

#include <gmock/gmock.h>

#include <peercert/error.hpp>

namespace peercert::plugin_host {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string digest(64, 'a');
const std::string other(64, '5');

std::string refusal(const std::string& text) {
    try {
        parse_allow_list(text, "plugins.allow");
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        return error.what();
    }
    return "accepted";
}

TEST(AllowList, NamesFilesWithTheirDigestAndLeavesRoomForRemarks) {
    const AllowList list =
        parse_allow_list("# ours\n\nwrap.so " + digest + "\necpr.so " + other + "\n", "plugins.allow");
    ASSERT_EQ(list.files.size(), 2u);
    EXPECT_EQ(list.files[0], (AllowedFile{"wrap.so", digest}));
    EXPECT_EQ(list.find("ecpr.so")->sha256, other);
    EXPECT_EQ(list.find("wrap"), nullptr);
    EXPECT_TRUE(parse_allow_list("", "plugins.allow").files.empty());
}

TEST(AllowList, AnythingThatIsNotExactlyALineIsRefusedWithItsNumber) {
    const std::string too_short(63, 'a');
    const std::string too_long(65, 'a');
    const std::string capital(64, 'A');
    for (const std::string& line :
         {std::string("wrap.so"), "wrap.so " + too_short, "wrap.so " + too_long, "wrap.so " + capital,
          "wrap.so  " + digest, " wrap.so " + digest, "wrap.so " + digest + " ", "wrap.so " + digest + "\r",
          "wrap.so\t" + digest, "wrap " + digest, ".so " + digest, "../wrap.so " + digest, "/wrap.so " + digest,
          "a/b.so " + digest, "Wrap.so " + digest, "-wrap.so " + digest, std::string("wr\0p.so ", 8) + digest,
          "wräp.so " + digest, std::string(" ")})
        EXPECT_THAT(refusal("# first\n" + line + "\n"), StartsWith("plugins.allow:2: ")) << line;
    EXPECT_THAT(refusal("wrap.so " + digest + "\nwrap.so " + other + "\n"),
                AllOf(StartsWith("plugins.allow:2: "), HasSubstr("listed twice")));
}

TEST(AllowList, OneEntryIsReplacedOrAddedAndEverythingElseStays) {
    const std::string text = "# ours\nwrap.so " + digest + "\n\n# last";
    EXPECT_EQ(with_entry(text, {"wrap.so", other}), "# ours\nwrap.so " + other + "\n\n# last\n");
    EXPECT_EQ(with_entry(text, {"wrap2.so", other}),
              "# ours\nwrap.so " + digest + "\n\n# last\nwrap2.so " + other + "\n");
    EXPECT_EQ(with_entry("", {"wrap.so", other}), "wrap.so " + other + "\n");
}

} // namespace
} // namespace peercert::plugin_host
