using System.Text;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Hosting;

internal static class PlainText
{
    public static Task WriteAsync(HttpResponse response, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }
}
