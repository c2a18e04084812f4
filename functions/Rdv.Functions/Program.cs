using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rdv.Functions.Host;
using Rdv.Functions.Http;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddSingleton(new LimitSettings { BehindPlatform = true });
builder.Services.AddSms(builder.Configuration);
builder.Services.AddRdv(builder.Configuration);
builder.Build().Run();
