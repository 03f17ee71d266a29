using System.Text.RegularExpressions;
using Kith.Http.Tests.Replay;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Fuzz;

/// <summary>Requests for every route of the table: what the recorded clients sent, and what the doors without recordings take.</summary>
internal sealed partial class RouteExamples
{
    private static readonly string[] Files = ["honcho-v3-ts-2.5.0.jsonl", "honcho-v2-python-1.6.0.jsonl"];

    private readonly List<(RawRequest Request, int Status)> _sent = [];
    private readonly RouteEndpoint[] _routes;

    private RouteExamples(KithHost host) => _routes = [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Never empty: where nobody sent anything, the plainest request.</summary>
    public RawRequest[][] OfRoutes => [.. _routes.Select(route => Of(route) is { Length: > 0 } found ? found.Select(example => example.Request).ToArray() : Plainest(route))];

    /// <summary>Routes that no request has succeeded on.</summary>
    public IEnumerable<string> Unproven => _routes
        .Where(route => !Of(route).Any(example => example.Status is > 0 and < 400))
        .SelectMany(route => MethodsOf(route).Select(method => $"{method} {TemplateOf(route)}"));

    /// <summary>Sends all of them once; what they make is there afterwards.</summary>
    /// <param name="kept">A path that is not to be deleted.</param>
    /// <param name="further">Requests that go beside the others.</param>
    public static async Task<RouteExamples> LoadAsync(KithHost host, string kept, IEnumerable<RawRequest> further)
    {
        var examples = new RouteExamples(host);
        foreach (var file in Files)
            await examples.ReplayAsync(host, file, kept);
        foreach (var request in (RawRequest[])[.. await HonchoV2Requests.OpenAsync(host), .. ThreadRequests.All, .. McpRequests.All, .. await ElizaRequests.OpenAsync(host), .. await HookRequests.OpenAsync(host), .. further])
            examples._sent.Add((request, (await request.SendAsync(host.Client.BaseAddress!, TestContext.Current.CancellationToken)).Status));
        return examples;
    }

    private async Task ReplayAsync(KithHost host, string file, string kept)
    {
        var names = new ServerNames();
        var comparison = new AnswerComparison(names);
        foreach (var recording in Recording.Read(file).Where(recording => recording.Method != "DELETE" || recording.Path != kept))
        {
            var target = names.Translate(recording.Query is { Length: > 0 } query ? $"{recording.Path}?{query}" : recording.Path);
            var body = recording.Content(names.Translate);
            var request = new RawRequest(recording.Method, target, [("Content-Type", body?.Headers.ContentType?.ToString() ?? "application/json")], body is null ? [] : await body.ReadAsByteArrayAsync());
            var reply = await host.SendAsync(recording.Method, target, body);
            _sent.Add((request, reply.Code));
            // Comparing learns the ids that later requests need.
            _ = comparison.Compare(recording, reply).Count();
        }
    }

    private (RawRequest Request, int Status)[] Of(RouteEndpoint route)
    {
        var path = new Regex($@"^{Parameter().Replace(TemplateOf(route), "[^/?]+")}/?(\?|$)");
        return [.. _sent.Where(example => MethodsOf(route).Contains(example.Request.Method) && path.IsMatch(example.Request.Target))];
    }

    private static RawRequest[] Plainest(RouteEndpoint route) =>
        [.. MethodsOf(route).Select(method => new RawRequest(method, Parameter().Replace(TemplateOf(route), "x"), [("Content-Type", "application/json")], "{}"u8.ToArray()))];

    private static string TemplateOf(RouteEndpoint route) => '/' + route.RoutePattern.RawText!.Trim('/');

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    [GeneratedRegex(@"\{[^/]+\}")]
    private static partial Regex Parameter();
}
