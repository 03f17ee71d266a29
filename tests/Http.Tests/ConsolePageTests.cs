using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Kith.ConsolePages;

namespace Kith.Http.Tests;

public sealed partial class ConsolePageTests(KithHost host) : IClassFixture<KithHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_and_every_file_are_served_as_what_they_are_and_may_run_only_what_comes_from_here()
    {
        var files = ConsoleFiles.All.Keys.Where(name => name != ConsoleFiles.Page).Select(name => $"/console/{name}").Append("/console").ToList();
        Assert.True(files.Count > 10);
        foreach (var path in files)
        {
            var reply = await host.SendAsync("GET", path);
            var type = Path.GetExtension(path) switch { ".js" => "text/javascript; charset=utf-8", ".css" => "text/css; charset=utf-8", ".svg" => "image/svg+xml", _ => "text/html; charset=utf-8" };
            Assert.Equal((200, type, "no-cache"), (reply.Code, reply.Type, reply.Headers.CacheControl?.ToString()));
            var policy = reply.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        var first = await host.SendAsync("GET", "/console/app.js");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/console/app.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await host.Client.SendAsync(again, Cancelled);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (unchanged.StatusCode, unchanged.Headers.ETag));

        using var other = new HttpRequestMessage(HttpMethod.Get, "/console/app.js");
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\""));
        using var changed = await host.Client.SendAsync(other, Cancelled);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory]
    [InlineData("/console/nothing.js")]
    [InlineData("/console/pages")]
    [InlineData("/console/../appsettings.json")]
    public async Task What_is_no_file_of_it_is_not_found(string path) => Assert.Equal(404, (await host.SendAsync("GET", path)).Code);

    [Fact]
    public async Task It_needs_no_key_and_what_it_asks_for_does()
    {
        await using var guarded = KithHost.With(("Auth:UseAuth", "true"), ("Auth:JwtSecret", "secret-of-32-bytes-for-this-test"));
        Assert.Equal(200, (await guarded.SendAsync("GET", "/console")).Code);
        Assert.Equal(401, (await guarded.SendAsync("GET", "/v1/key")).Code);
    }

    /// <summary>What it loads is named by itself: nothing is written for a build step or for a server elsewhere.</summary>
    [Fact]
    public void Every_import_is_a_file_of_it_and_no_file_names_another_server()
    {
        foreach (var (name, file) in ConsoleFiles.All)
        {
            var text = System.Text.Encoding.UTF8.GetString(file.Content.Span);
            Assert.DoesNotMatch(@"https?://(?!www\.w3\.org/)", text);
            Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|\beval\(|localStorage|sessionStorage|document\.cookie", text);
            foreach (var import in Import().Matches(text).Select(match => match.Groups[1].Value))
                Assert.Contains(new Uri(new Uri("http://x/" + name), import).AbsolutePath[1..], ConsoleFiles.All.Keys);
        }
    }

    [GeneratedRegex("""from "(\.[^"]+)";""")]
    private static partial Regex Import();
}
