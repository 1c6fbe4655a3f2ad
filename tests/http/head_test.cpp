#include "http/head.hpp"

#include <gtest/gtest.h>

using namespace peercert::http;

namespace {

int status_of(std::string_view text) {
    Head head;
    const auto refusal = parse_head(text, head);
    return refusal ? refusal->status : 0;
}

std::string with(std::string_view fields) { return "GET / HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n"; }

} // namespace

TEST(RequestHead, ASoundOneIsTakenApart) {
    Head head;
    ASSERT_FALSE(
        parse_head("GET /a?b=c HTTP/1.1\r\nHost: example.org:8080\r\nX-One:\t two \t\r\nx-one: three\r\n\r\n", head));
    EXPECT_EQ(head.method, "GET");
    EXPECT_EQ(head.target, "/a?b=c");
    EXPECT_TRUE(head.keep_alive);
    EXPECT_EQ(head.field("X-ONE"), "two");
    EXPECT_EQ(head.last_field("x-one"), "three");
    EXPECT_FALSE(head.field("x-two"));
    EXPECT_FALSE(head.content_length);
}

TEST(RequestHead, ARequestLineIsThreePartsAndTwoBlanks) {
    for (const std::string line :
         {"GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /a b HTTP/1.1", "GET", "",
          "G(T / HTTP/1.1", "GET\t/ HTTP/1.1", "GET / HTTP/1.1\r"})
        EXPECT_EQ(status_of(line + "\r\nHost: a\r\n\r\n"), 400) << line;
}

TEST(RequestHead, OnlyVersions10And11AreSpoken) {
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
    EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 0);
    for (const std::string version : {"HTTP/9.9", "HTTP/2.0", "HTTP/1.2", "http/1.1", "HTTP/1.1.1", "HTTP/01.1", "ICY"})
        EXPECT_EQ(status_of("GET / " + version + "\r\nHost: a\r\n\r\n"), 400) << version;
}

TEST(RequestHead, ATargetIsAPathOfVisibleAscii) {
    for (const std::string target :
         {"ftp://a/", "http://a?x", "http:///", "http://b/", "http://u@a/", "*", "a", "/\x01", "/\x7f", "/\xC3\xA9"})
        EXPECT_EQ(status_of("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), 400) << target;
    for (const std::string target : {"http://a/", "HTTP://A/", "http://a", "https://a/x?y"}) {
        Head head;
        const std::string text = "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
        EXPECT_FALSE(parse_head(text, head)) << target;
        EXPECT_EQ(head.target, target.ends_with("?y") ? "/x?y" : "/") << target;
    }
    EXPECT_EQ(status_of("GET http://a:81/ HTTP/1.1\r\nHost: a\r\n\r\n"), 400) << "another host than Host names";
    EXPECT_EQ(status_of("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET /" + std::string(max_target_bytes - 1, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
    EXPECT_EQ(status_of("GET /" + std::string(max_target_bytes, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
}

TEST(RequestHead, ExactlyOneWellFormedHostOn11) {
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n"), 400);
    for (const std::string host :
         {"", "a b", "a,b", "u@a", "a/b", "a:", "a:123456", "a:12x", ":80", "[::1", "[]", "[x]", "a]", "a[", "\"a\""})
        EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"), host == "a:" ? 0 : 400) << host;
    for (const std::string host : {"a", "A-b.example", "127.0.0.1:80", "[::1]", "[::1]:8080", "x_y:1"})
        EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"), 0) << host;
}

TEST(RequestHead, FieldsAreTokensWithoutBlankBeforeTheColon) {
    for (const std::string field :
         {"X : a", " X: a", "X\t: a", ": a", "X", "X y: a", "X\x01: a", "X(: a", "\xC3\xA9: a"})
        EXPECT_EQ(status_of(with(field + "\r\n")), 400) << field;
}

TEST(RequestHead, FoldedFieldsNulsAndBareLineEndsAreRefused) {
    EXPECT_EQ(status_of(with("X: a\r\n b\r\n")), 400);
    EXPECT_EQ(status_of(with("X: a\r\n\tb\r\n")), 400);
    EXPECT_EQ(status_of(with(std::string("X: a\0b\r\n", 8))), 400);
    EXPECT_EQ(status_of(with("X: a\nY: b\r\n")), 400);
    EXPECT_EQ(status_of(with("X: a\rb\r\n")), 400);
    EXPECT_EQ(status_of(with("X: a\x7f\r\n")), 400);
    EXPECT_EQ(status_of(with("X: caf\xC3\xA9\r\n")), 0);
}

TEST(RequestHead, ALengthStandsOnceAndIsDigits) {
    for (const std::string value : {"-1", "+1", "1x", "0x10", "", "1 1", "1,1", "1, 1", "1234567890123456789", "١"})
        EXPECT_EQ(status_of(with("Content-Length: " + value + "\r\n")), 400) << value;
    EXPECT_EQ(status_of(with("Content-Length: 5\r\nContent-Length: 5\r\n")), 400);
    EXPECT_EQ(status_of(with("Content-Length: 5\r\ncontent-LENGTH: 6\r\n")), 400);
    Head head;
    ASSERT_FALSE(parse_head(with("Content-Length: 123456789012345678\r\n"), head));
    EXPECT_EQ(head.content_length, 123456789012345678u);
}

TEST(RequestHead, TransferEncodingIsRefused) {
    EXPECT_EQ(status_of(with("Transfer-Encoding: chunked\r\n")), 411);
    EXPECT_EQ(status_of(with("transfer-encoding: identity\r\n")), 411);
    EXPECT_EQ(status_of(with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")), 400);
}

TEST(RequestHead, WritesWithoutLengthAreRefused) {
    for (const std::string method : {"POST", "PUT", "PATCH"}) {
        EXPECT_EQ(status_of(method + " / HTTP/1.1\r\nHost: a\r\n\r\n"), 411) << method;
        EXPECT_EQ(status_of(method + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"), 0) << method;
    }
}

TEST(RequestHead, TooManyFieldsAreRefused) {
    std::string fields;
    for (std::size_t i = 1; i < max_fields; ++i)
        fields += "X: a\r\n";
    EXPECT_EQ(status_of(with(fields)), 0);
    EXPECT_EQ(status_of(with(fields + "X: a\r\n")), 431);
}

TEST(RequestHead, TheConnectionLastsAsTheClientSays) {
    const auto keeps = [](std::string_view text) {
        Head head;
        EXPECT_FALSE(parse_head(text, head));
        return head.keep_alive;
    };
    EXPECT_TRUE(keeps("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
}
