import { createTheme, type MantineColorsTuple } from "@mantine/core";

const fern: MantineColorsTuple = [
  "#e9f7f4",
  "#d3ece7",
  "#a6dbd1",
  "#75c9ba",
  "#52bba9",
  "#3bae9b",
  "#23998a",
  "#128478",
  "#0b7468",
  "#075b51",
];

export const theme = createTheme({
  colors: { fern },
  primaryColor: "fern",
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  defaultRadius: "md",
  fontFamily: `system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif`,
  cursorType: "pointer",
  respectReducedMotion: true,
});
