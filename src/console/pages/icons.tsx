const drawings = {
  send: "M5 12h13M12 5l7 7-7 7",
  stop: "M7 7h10v10H7z",
  microphone:
    "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11.5a6.500 6.500 0 0 0 13 0M12 18v3",
  voice: "M4 10v4M8 7v10M12 4v16M16 8v8M20 10.500v3",
  attach:
    "M20 11.5 12.2 19a5 5 0 0 1-7-7.1l8-7.7a3.3 3.3 0 0 1 4.7 4.7l-7.9 7.6a1.6 1.6 0 0 1-2.3-2.3l7-6.8",
  good: "M7 11v9H4v-9zM7 11l4-7.5c1.4 0 2.3 1 2.1 2.4L12.6 9H18a2 2 0 0 1 2 2.4l-1.2 6.9A2 2 0 0 1 16.8 20H7",
  bad: "M17 13V4h3v9zM17 13l-4 7.5c-1.4 0-2.3-1-2.1-2.4l.5-3.1H6a2 2 0 0 1-2-2.4l1.2-6.9A2 2 0 0 1 7.2 4H17",
  pencil: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  question:
    "M9.2 9a3 3 0 1 1 4.6 2.6c-1.1.7-1.8 1.3-1.8 2.6M12 17.6v.1M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  check: "M5 12.5l4.5 4.5L19 7.5",
  undo: "M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
  fresh: "M12 5v14M5 12h14",
  book: "M4 5.5A2.5 2.5 0 0 1 6.5 3H20v15H6.5A2.5 2.5 0 0 0 4 20.500zM4 20.500A2.500 2.500 0 0 0 6.500 21H20v-3M8.500 7.500h7",
  dark: "M20 14.500A8.500 8.500 0 1 1 9.500 4a6.500 6.500 0 0 0 10.500 10.500z",
  light:
    "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.500v2M12 19.500v2M4.500 4.500l1.500 1.500M18 18l1.500 1.500M2.500 12h2M19.500 12h2M4.500 19.500 6 18M18 6l1.500-1.500",
  curve: "M4 4v16h16M7 8c2 6 5 8 12 9",
  search: "M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zM20 20l-4.800-4.800",
  down: "M12 5v14M5 12l7 7 7-7",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  close: "M6 6l12 12M18 6 6 18",
  retry: "M19 12a7 7 0 1 1-2-4.900M19 4v4h-4",
} as const;

/** A line drawing in the colour of the text around it; it says nothing to a screen reader. */
export function Icon({
  name,
  size = 18,
}: {
  readonly name: keyof typeof drawings;
  readonly size?: number;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={drawings[name]} />
    </svg>
  );
}

/** The sign of the bot. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return <img src="/mark.svg" width={size} height={size} alt="" />;
}
